namespace Gateway.Edge;

/// <summary>One line an event on the console; of the framework only what went wrong.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // Nobody reads its traces of requests, and as long as anybody could, it makes one for each.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // Below Warning, and in the text of some warnings, YARP and Kestrel write whole URLs: queries are nobody's business.
        logging.AddFilter("Yarp", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }
}
