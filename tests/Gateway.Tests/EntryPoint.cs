using Gateway.Config;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit.Runner.InProc.SystemConsole;

namespace Gateway.Tests;

/// <summary>Runs the tests; or, where <c>WebApplicationFactory</c> calls it with options of its own, the gateway they ask pages of.</summary>
public static class EntryPoint
{
    /// <summary>What the factory's gateway is to serve: set before the factory starts it, and flowing with the execution context.</summary>
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
