using System.Reflection;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;

namespace Gateway.Commands;

/// <summary><c>gateway demo</c>: a careless site and the gateway in front of it, configured by a file like any other.</summary>
internal static class DemoCommand
{
    private const string DefaultPort = "8080";

    public static async Task<int> RunAsync(string[] words)
    {
        if (Options.Read(words, ["--port"], out var problem) is not { } options)
            return Usage.Refuse(problem);
        if (!ushort.TryParse(options["--port"] ?? DefaultPort, out var port))
            return Usage.Refuse("--port is a number from 0 to 65535.");

        await using var site = DemoSite.Create(port: 0);
        await site.StartAsync();
        var document = ConfigReader.Read(ReadFile(), "demo.json", Variables(port, Hosting.Addresses(site)[0]));
        var today = TimeProvider.System.Today();
        var snapshot = document.Config!.Compile(today, today);
        await using var app = GatewayHost.Create(snapshot, TimeProvider.System);
        if (!await Hosting.StartAsync(app))
            return 1;

        Say(Hosting.Addresses(app)[0], Hosting.Addresses(site)[0]);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static byte[] ReadFile()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo.json")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Func<string, string?> Variables(int port, string backend) => name => name switch
    {
        "DEMO_PORT" => port.ToString(),
        "DEMO_BACKEND" => backend,
        _ => Environment.GetEnvironmentVariable(name),
    };

    private static void Say(string gateway, string site) => Console.WriteLine($"""
        A town library's site that sets cookies without asking, and the gateway in front of it.

          With the gateway     {gateway.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}
          Without it           {site}

        Open both and compare the cookies. Stop with Ctrl+C.
        """);
}
