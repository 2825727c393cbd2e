using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// Pages with a Content-Security-Policy of their own, on a site whose third parties are held back: both policies hold, the page's own scripts
/// run, and so does the gateway's.
/// </summary>
public sealed class PagesWithPolicyInBrowserTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string IsAsked = "document.querySelector('site-gateway')?.shadowRoot.querySelector('.pin')";

    // In each page: what ran, in order.
    private const string Own = """
        window.ran = (window.ran ?? "") + " own";
        for (const [tag, path] of [["script", "/tag.js"], ["img", "/pixel"]]) {
          const element = document.createElement(tag);
          element.onload = element.onerror = () => window.settled = (window.settled ?? 0) + 1;
          element.src = document.documentElement.dataset.other + path;
          document.body.append(element);
        }
        """;

    [Theory, MemberData(nameof(Names))]
    public Task Scripts_with_a_nonce_run_and_what_they_load_under_strict_dynamic_obeys_the_policy_of_the_gateway(string name) => RunAsync(
        name, "script-src 'nonce-{nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
        """
        <script nonce={nonce}>
          window.ran = "nonce";
          const own = document.createElement("script");
          own.src = "/own.js";
          document.body.append(own);
        </script>
        <script>ran += " inline"</script>
        """,
        "nonce own", allowed: "/pixel /tag.js");

    [Theory, MemberData(nameof(Names))]
    public Task A_page_with_a_policy_for_scripts_of_its_own_host_keeps_it(string name) => RunAsync(
        name, "script-src 'self'", "<script src=/own.js></script><script>ran += ' inline'</script>", " own", allowed: "/pixel");

    [Theory, MemberData(nameof(Names))]
    public async Task Reports_of_a_page_about_its_own_policy_reach_the_site_and_a_third_party_only_if_it_is_allowed(string name)
    {
        var reports = await RunAsync(
            name, "default-src 'self'; report-uri /csp-reports http://{other}/csp-reports", "<script src=/own.js></script>", " own", allowed: "/csp-reports");

        // Two requests of the page, each time that it is loaded. The gateway causes no other, and adds none about its own policy.
        var blocked = reports.Select(report => new Uri(report.Blocked).AbsolutePath).ToList();
        Assert.Equal(["/pixel", "/tag.js"], blocked.Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(blocked.Count, 2, 6);
        Assert.All(reports, report => Assert.StartsWith("default-src 'self'; report-uri ", report.Policy, StringComparison.Ordinal));
    }

    /// <param name="policy">Of the page. <c>{nonce}</c> is another one for each page, and <c>{other}</c> is the third party.</param>
    /// <param name="expected">What ran of the page.</param>
    /// <param name="allowed">What is requested of the third party after the grant.</param>
    private async Task<IReadOnlyCollection<(string Blocked, string Policy)>> RunAsync(string name, string policy, string body, string expected, string allowed)
    {
        var reports = new ConcurrentQueue<(string, string)>();
        var pages = 0;
        await using var other = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.CacheControl = "no-store";
            return context.Response.WriteAsync("");
        });
        var host = $"stats.localhost:{other.Url.Port}";
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                switch (context.Request.Path.Value)
                {
                    case "/own.js":
                        context.Response.ContentType = "text/javascript";
                        await context.Response.WriteAsync(Own);
                        break;
                    case "/csp-reports":
                        reports.Enqueue(await ReadAsync(context.Request));
                        context.Response.StatusCode = StatusCodes.Status204NoContent;
                        break;
                    case "/":
                        var nonce = $"n{++pages}";
                        context.Response.ContentType = "text/html; charset=utf-8";
                        context.Response.Headers.ContentSecurityPolicy = policy.Replace("{nonce}", nonce, StringComparison.Ordinal).Replace("{other}", host, StringComparison.Ordinal);
                        await context.Response.WriteAsync(
                            $"<!doctype html><html lang=en data-other=http://{host}><head><title>Page</title></head><body>{body.Replace("{nonce}", nonce, StringComparison.Ordinal)}</body></html>");
                        break;
                    default:
                        context.Response.StatusCode = StatusCodes.Status404NotFound;
                        break;
                }
            },
            site => site with
            {
                ThirdParties = ThirdPartyMode.Enforce,
                Categories = [TestSites.Category("statistics")],
                Cookies = [TestSites.Entry(Table.Asked("statistics", host) with { Kind = EntryKind.Host, Party = Party.Third })],
            },
            time: new(TimeProvider.System.GetUtcNow()));
        await RunAsync(name, async tab =>
        {
            await tab.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            await IsRunAsync(tab);
            await tab.ChooseAsync(accepts: true);
            await IsRunAsync(tab);
            await Eventually.IsTrueAsync(() => Targets() == allowed);

            other.Received.Clear();
            await tab.ChooseAsync(accepts: false);
            await IsRunAsync(tab);
            Assert.Equal("", Targets());
        });
        return reports;

        async Task IsRunAsync(ITab tab)
        {
            await tab.UntilAsync($"window.settled === 2 && {IsAsked}");
            Assert.Equal(expected, await tab.EvaluateAsync<string>("ran"));
        }

        string Targets() => string.Join(' ', other.Received.Select(request => request.Target).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<(string Blocked, string Policy)> ReadAsync(HttpRequest request)
    {
        using var document = await JsonDocument.ParseAsync(request.Body);
        var report = document.RootElement.GetProperty("csp-report");
        return (report.GetProperty("blocked-uri").GetString()!, report.GetProperty("original-policy").GetString()!);
    }
}
