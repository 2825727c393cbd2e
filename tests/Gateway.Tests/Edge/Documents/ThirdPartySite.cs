using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.Documents;

/// <summary>A site whose table lists third-party hosts: an exempt one, one for statistics, and one for frames with advertising.</summary>
internal static class ThirdPartySite
{
    /// <summary>The policy without a third party.</summary>
    public const string Own = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: http://localhost ws://localhost";

    public static Task<TestGateway> StartAsync(RequestDelegate answer, Func<SiteConfig, SiteConfig>? change = null) => TestGateway.StartAsync(answer, site =>
    {
        var library = site with
        {
            ThirdParties = ThirdPartyMode.Enforce,
            Cookies =
            [
                .. site.Cookies,
                TestSites.Entry(Table.Necessary("/sw.js") with { Kind = EntryKind.ServiceWorker }),
                TestSites.Entry(Table.Necessary("https://cdn.example.net") with { Kind = EntryKind.Host }),
                TestSites.Entry(Table.Asked("statistics", "stats.example.net") with { Kind = EntryKind.Host }),
                TestSites.Entry(Table.Asked("advertising", "*.ads.example.net") with { Kind = EntryKind.Host, Uses = [HostUse.Frame], SaleOrShare = true }),
            ],
        };
        return change is null ? library : change(library);
    });

    public static IReadOnlyList<string> Policies(HttpResponseMessage answer) => answer.Lines("Content-Security-Policy");

    public static Task PageAsync(HttpContext context, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        return AnswerAsync(context, "text/html; charset=utf-8", 200);
    }

    public static Task AnswerAsync(HttpContext context, string? type, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "max-age=60";
        return context.Response.WriteAsync(Requests.Html);
    }
}
