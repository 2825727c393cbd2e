using Gateway.Commands;
using Gateway.Sites;

namespace Gateway.Tests.Support;

/// <summary>The demo site behind the gateway, for a browser.</summary>
internal sealed class DemoVisit : IAsyncDisposable
{
    /// <summary>A secure context without TLS: browsers send <c>Sec-Fetch-*</c>.</summary>
    public const string Localhost = "http://localhost";

    /// <summary>An intranet without TLS: browsers send no <c>Sec-Fetch-*</c>.</summary>
    public const string PlainHttp = "http://" + ShippedSites.PlainHost;

    /// <summary>With TLS and a self-signed certificate.</summary>
    public const string Tls = "https://" + ShippedSites.PlainHost;

    private readonly WebApplication _site;

    private DemoVisit(WebApplication site, TestGateway gateway, string origin)
    {
        _site = site;
        Gateway = gateway;
        Url = At(gateway, origin);
    }

    public TestGateway Gateway { get; }

    /// <summary>The front page.</summary>
    public string Url { get; }

    public static async Task<DemoVisit> StartAsync(string origin = Localhost)
    {
        var site = DemoSite.Create(port: 0);
        await site.StartAsync();
        var config = ShippedSites.Demo(site.Urls.First(), DemoSite.OtherSiteOf(site));
        return new DemoVisit(site, await StartAsync(config), origin);
    }

    /// <summary>A gateway for a browser, which uses the system clock.</summary>
    public static Task<TestGateway> StartAsync(SiteConfig site) =>
        TestGateway.StartAsync([site], TestCertificate.AlsoTls, TimeProvider.System.GetUtcNow());

    /// <summary>The gateway's front page at one of the origins.</summary>
    public static string At(TestGateway gateway, string origin) =>
        $"{origin}:{(origin == Tls ? gateway.TlsUrl : gateway.Url).Port}/";

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _site.StopAsync();
        await _site.DisposeAsync();
    }
}
