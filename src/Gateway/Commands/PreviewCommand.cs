using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>
/// <c>gateway preview</c>: shows the banner, settings and policy of the configured sites on this machine, without their backends. With
/// <c>--link</c>, it creates a link that shows them on the real site to one browser.
/// </summary>
internal static class PreviewCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Parse(args, ["--config", "--port", "--link", "--address"], out var problem) is not { } options)
            return Usage.Reject(problem);
        if (!options.TryGetPort(0, out var port, out problem))
            return Usage.Reject(problem);
        if (options["--link"] is not null && options["--port"] is not null)
            return Usage.Reject("The option --port cannot be combined with --link, which opens the real site.");
        if (options["--address"] is { } running && (options["--link"] is null || !Uri.TryCreate(running, UriKind.Absolute, out _)))
            return Usage.Reject("The option --address requires --link, and a URL such as http://127.0.0.1:8081.");
        if (options["--link"] is { } address)
            return await PreviewLinkMaker.RunAsync(options.ConfigPath, address, options["--address"], Console.Out, Console.Error, TimeProvider.System);

        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, TimeProvider.System).Load(options.ConfigPath);
        foreach (var diagnostic in loaded.Diagnostics)
            Console.Error.WriteLine(diagnostic);
        return loaded.IsValid ? await ServeAsync(loaded.Config, port) : ExitCode.InvalidConfiguration;
    }

    private static async Task<int> ServeAsync(GatewayConfig config, ushort port)
    {
        GatewayConfig? shown = null;
        await using var site = PreviewSite.Create(() => shown!.Sites);
        await site.StartAsync();
        shown = PreviewConfig.Of(config, port, Hosting.Addresses(site)[0]);
        var time = TimeProvider.System;
        await using var app = GatewayHost.Create(shown.Compile(time.Today(), time.Today(), Showing.Preview), time);
        if (!await Hosting.StartAsync(app))
            return ExitCode.Failed;

        Print(config, new Uri(Hosting.Addresses(app)[0]).Port);
        await app.WaitForShutdownAsync();
        return ExitCode.Ok;
    }

    private static void Print(GatewayConfig config, int port)
    {
        Console.WriteLine("The banner, dialog, settings and policy as visitors will see them, only on this machine:");
        Console.WriteLine();
        foreach (var site in config.Sites)
            Console.WriteLine($"  {site.Id,-20} http://{Snapshot.PreviewHost(site.Id)}:{port}/");
        Console.WriteLine();
        Console.WriteLine("Stop with Ctrl+C.");
    }
}
