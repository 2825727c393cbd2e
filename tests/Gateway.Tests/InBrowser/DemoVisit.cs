using Gateway.Commands;
using Gateway.Config;
using Gateway.Tests.Support;

namespace Gateway.Tests.InBrowser;

/// <summary>The demo's careless site with the gateway in front of it, at an address for a browser.</summary>
internal sealed class DemoVisit : IAsyncDisposable
{
    /// <summary>A secure context without TLS: browsers send <c>Sec-Fetch-*</c>.</summary>
    public const string Localhost = "http://localhost";

    /// <summary>An intranet without TLS: browsers send no <c>Sec-Fetch-*</c>.</summary>
    public const string PlainHttp = "http://" + ShippedSites.PlainHost;

    /// <summary>Through TLS, with a certificate that nobody vouches for.</summary>
    public const string Tls = "https://" + ShippedSites.PlainHost;

    private readonly WebApplication _site;

    private DemoVisit(WebApplication site, TestGateway gateway, string origin)
    {
        _site = site;
        Gateway = gateway;
        Url = $"{origin}:{gateway.Url.Port}/";
    }

    public TestGateway Gateway { get; }

    /// <summary>The front page.</summary>
    public string Url { get; }

    public static async Task<DemoVisit> StartAsync(string origin = Localhost)
    {
        var site = DemoSite.Create(port: 0);
        await site.StartAsync();
        var config = ShippedSites.Demo(site.Urls.First());
        return new DemoVisit(site, await StartAsync(config, origin), origin);
    }

    /// <summary>A gateway for a browser: with the machine's clock, and TLS where the origin wants it.</summary>
    public static Task<TestGateway> StartAsync(SiteConfig site, string origin) => TestGateway.StartAsync(
        [site],
        config => !origin.StartsWith("https", StringComparison.Ordinal) ? config : config with
        {
            Listen = ["https://127.0.0.1:0"],
            Certificate = SelfSigned.Certificate.Value,
        },
        TimeProvider.System.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _site.StopAsync();
        await _site.DisposeAsync();
    }
}
