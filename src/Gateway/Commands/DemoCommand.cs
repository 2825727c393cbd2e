using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary><c>gateway demo</c>: runs a demo site behind the gateway, with a configuration like any other.</summary>
internal static class DemoCommand
{
    private const string ConfigFile = "demo.json";

    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Parse(args, ["--port"], out var problem) is not { } options)
            return Usage.Reject(problem);
        if (!options.TryGetPort(8080, out var port, out problem))
            return Usage.Reject(problem);

        await using var site = DemoSite.Create(port: 0);
        await site.StartAsync();
        var time = TimeProvider.System;
        var loader = new ConfigLoader(Variables(port, Hosting.Addresses(site)[0], DemoSite.OtherSiteOf(site)), time);
        var loaded = ConfigLoader.Combine(ConfigFile, [loader.Parse(ConfigFile, EmbeddedFile.ReadBytes(ConfigFile))]);
        foreach (var diagnostic in loaded.Errors)
            Console.Error.WriteLine(diagnostic);
        if (!loaded.IsValid)
            return ExitCode.InvalidConfiguration;

        await using var app = GatewayHost.Create(loaded.Config.Compile(time.Today(), time.Today()), time);
        if (!await Hosting.StartAsync(app))
            return ExitCode.Failed;

        Print(Hosting.Addresses(app)[0], Hosting.Addresses(site)[0]);
        await app.WaitForShutdownAsync();
        return ExitCode.Ok;
    }

    private static Func<string, string?> Variables(int port, string backend, string other) => name => name switch
    {
        "DEMO_PORT" => port.ToString(),
        "DEMO_BACKEND" => backend,
        "DEMO_OTHER_SITE" => other,
        _ => Environment.GetEnvironmentVariable(name),
    };

    private static void Print(string gateway, string site) => Console.WriteLine($"""
        A town library's site that sets cookies and loads a video and a pixel of another site without asking, and the gateway in front of it.

          With the gateway     {gateway.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}
          Without it           {site}

        Open both and compare. Stop with Ctrl+C.
        """);
}
