using Microsoft.Extensions.Logging.Console;

namespace Gateway.Edge;

/// <summary>Configures logging: one line per event on the console, and only warnings and errors from the framework.</summary>
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

        // A console that nobody reads must not hold up requests: what does not fit into the queue is counted and dropped.
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // As long as this category is enabled, the framework creates an activity for each request, which nothing uses.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // YARP and Kestrel log whole URLs, also in some warnings. Queries must not be logged.
        logging.AddFilter("Yarp", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }
}
