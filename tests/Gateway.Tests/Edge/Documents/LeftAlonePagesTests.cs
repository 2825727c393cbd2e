using Gateway.Sites;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Pages into which the operator writes nothing, pages that ask nothing, and fragments that a cache in front assembles.</summary>
public class LeftAlonePagesTests(Browser browser)
{
    [Theory]
    [InlineData("/wp-admin/", true)]
    [InlineData("/wp-admin", true)]
    [InlineData("/wp-admin/a/b?c=/", true)]
    [InlineData("/imprint", true)]
    [InlineData("/imprint?a", true)]
    [InlineData("/a%20b", true)]
    [InlineData("/imprint/", false)]
    [InlineData("/wp-administration", false)]
    [InlineData("/x/wp-admin/", false)]
    [InlineData("/WP-ADMIN/", false)]
    [InlineData("/?/wp-admin/", false)]
    public async Task An_excluded_page_passes_unchanged_and_its_cookies_are_filtered(string target, bool isExcluded)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            "200 OK", ["Content-Type: text/html", "ETag: \"1\"", "Accept-Ranges: bytes", "Set-Cookie: _ga=1", "Set-Cookie: sessionid=2"], Requests.Html));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString()) with { Exclude = ["/wp-admin/*", "/imprint", "/a%20b"] }]);
        var response = await gateway.GetAsync(target, [.. Requests.Navigation, ("Accept-Encoding", "br"), ("Cookie", "ad=3")]);
        Assert.Equal(isExcluded, await response.BytesAsync() == Requests.Html);
        Assert.Equal(isExcluded, response.Line("ETag") == "\"1\"");
        Assert.Equal(["sessionid=2", "ad" + LegacyCookies.Expired], response.SetCookies().Take(2));
        Assert.Null(backend.Received.Single()["Cookie"]);
    }

    [Theory]
    [InlineData("Surrogate-Capability", "abc=ESI/1.0")]
    [InlineData("X-Varnish", "32770")]
    public async Task A_title_is_no_document_where_a_cache_in_front_assembles_pages(string mark, string value)
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(context.Request.Path == "/page" ? Requests.Html : "<title>t</title>");
        });
        Assert.Equal("<title>t</title>", await (await gateway.GetAsync("/fragment", [.. Requests.Navigation, (mark, value)])).BytesAsync());
        Assert.EndsWith("<title>t</title>", await (await gateway.NavigateAsync("/fragment")).BytesAsync(), StringComparison.Ordinal);
        Assert.Contains(PageInjectionTests.LineOf(gateway), await (await gateway.GetAsync("/page", [.. Requests.Navigation, (mark, value)])).BytesAsync(), StringComparison.Ordinal);
    }

    [Theory, Row("F4")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fragment_that_is_requested_like_a_page_passes_unchanged(bool isObserved)
    {
        foreach (var fragment in new[] { "<li>news</li>", "a text for a textarea", "<script type=text/template><b></script>", "<!-- ad --><a href=/>ad</a>", "<meta name=a><title>t</title>" })
        {
            await using var gateway = await TestGateway.StartAsync(
                context =>
                {
                    context.Response.ContentType = "text/html";
                    return context.Response.WriteAsync(fragment);
                },
                site => isObserved ? site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today } : site);
            Assert.Equal(fragment, await (await gateway.NavigateAsync("/")).BytesAsync());
        }
    }

    [Theory]
    [InlineData("/a/*", "/a/b", true)]
    [InlineData("/a/*", "/a", true)]
    [InlineData("/a*", "/ab", true)]
    [InlineData("/a*", "/b", false)]
    [InlineData("/*", "/", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/", false)]
    public void A_star_at_the_end_of_a_path_stands_for_everything_that_follows(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPatterns([pattern]).Match(path));

    [Fact]
    public async Task A_quiet_page_is_guarded_and_shows_neither_banner_nor_control()
    {
        await using var backend = await Support.Backend.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><title>t</title><body><script>document.cookie = '_ga=1'</script><p>text");
        });
        await using var gateway = await DemoVisit.StartAsync(TestSites.Library(backend.Url.ToString()) with { Quiet = ["/admin/*", "/imprint"] });
        await browser.RunAsync(async page =>
        {
            foreach (var (path, isQuiet) in new[] { ("admin", true), ("admin/x", true), ("imprint", true), ("imprint/", false), ("", false) })
            {
                await page.GotoAsync(DemoVisit.At(gateway, DemoVisit.Localhost) + path);
                Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
                if (!isQuiet)
                    await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Refuse all" })).ToBeVisibleAsync();
                Assert.Equal(isQuiet ? 0 : 1, await page.EvaluateAsync<int>("document.querySelectorAll('site-gateway').length"));
            }
        });
    }
}
