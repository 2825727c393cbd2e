using Gateway.Sites;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Support;

/// <summary>The gateway's own pages and endpoints in memory, over the same <c>GatewayHost.Create</c> that <c>run</c> uses.</summary>
internal sealed class PagesFactory : WebApplicationFactory<PagesFactory.Marker>
{
    private readonly SiteConfig _site;

    public PagesFactory(Func<SiteConfig, SiteConfig>? site = null)
    {
        // No backend listens there. The requests of these tests do not reach it.
        var ours = TestSites.Library("http://127.0.0.1:9");
        _site = site is null ? ours : site(ours);
    }

    public FakeTimeProvider Time { get; } = new(TestSites.Noon);

    public HttpClient Browser(Uri? address = null) => Start().CreateDefaultClient(address ?? new Uri("http://localhost"));

    private PagesFactory Start()
    {
        EntryPoint.Pages.Value = (_site, Time);
        return this;
    }

    /// <summary>Names the assembly whose entry point builds the gateway.</summary>
    public sealed class Marker;
}
