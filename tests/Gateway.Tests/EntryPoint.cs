using Gateway.Config;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

namespace Gateway.Tests;

/// <summary>Runs the tests. When <c>WebApplicationFactory</c> calls it, with its own options, it runs the gateway under test instead.</summary>
public static class EntryPoint
{
    /// <summary>Site and clock of the factory's gateway. Set before the factory starts it; the value flows with the execution context.</summary>
    internal static readonly AsyncLocal<(SiteConfig Site, TimeProvider Time)> Pages = new();

    public static async Task<int> Main(string[] args)
    {
        if (!args.Any(argument => argument.StartsWith("--contentRoot=", StringComparison.Ordinal)))
            return await ConsoleRunner.Run(args);

        var (site, time) = Pages.Value;
        var config = new GatewayConfig { Listen = ["http://127.0.0.1:0"], Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" }, Sites = [site] };
        await using var app = GatewayHost.Create(config.Compile(TestSites.Changed, TestSites.Today), time);
        await app.RunAsync();
        return 0;
    }
}
