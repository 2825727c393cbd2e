using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>
/// <c>gateway preview</c>: what visitors of the configured sites will see, on loopback and without their backends; with <c>--link</c> on the
/// real site, to one browser alone.
/// </summary>
internal static class PreviewCommand
{
    public static async Task<int> RunAsync(string[] words)
    {
        if (Options.Read(words, ["--config", "--port", "--link"], out var problem) is not { } options)
            return Usage.Refuse(problem);
        if (!ushort.TryParse(options["--port"] ?? "0", out var port))
            return Usage.Refuse("--port is a number from 0 to 65535.");
        if (options["--link"] is not null && options["--port"] is not null)
            return Usage.Refuse("--port has no meaning with --link: the link leads to the site itself.");
        if (options["--link"] is { } address)
            return PreviewLinkMaker.Run(options.ConfigPath, address, Console.Out, Console.Error, TimeProvider.System);

        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, TimeProvider.System).Load(options.ConfigPath);
        foreach (var found in loaded.Problems)
            Console.Error.WriteLine(found);
        return loaded.IsValid ? await ServeAsync(loaded.Config, port) : Usage.Wrong;
    }

    private static async Task<int> ServeAsync(GatewayConfig config, ushort port)
    {
        GatewayConfig? shown = null;
        await using var site = PreviewSite.Create(() => shown!.Sites);
        await site.StartAsync();
        shown = PreviewConfig.Of(config, port, Hosting.Addresses(site)[0]);
        var today = TimeProvider.System.Today();
        await using var app = GatewayHost.Create(shown.Compile(today, today, Showing.Preview), TimeProvider.System);
        if (!await Hosting.StartAsync(app))
            return 1;

        Say(config, new Uri(Hosting.Addresses(app)[0]).Port);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Say(GatewayConfig config, int port)
    {
        Console.WriteLine("Banner, dialog, settings and policy as visitors will see them, on this machine alone:");
        Console.WriteLine();
        foreach (var site in config.Sites)
            Console.WriteLine($"  {site.Id,-20} http://{Snapshot.PreviewHost(site.Id)}:{port}/");
        Console.WriteLine();
        Console.WriteLine("Stop with Ctrl+C.");
    }
}
