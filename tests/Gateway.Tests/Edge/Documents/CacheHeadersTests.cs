using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Caches do not mix up visitors: a response for one visitor is private, and cache headers are never weakened.</summary>
public class CacheHeadersTests
{
    private static Task<TestGateway> StartAsync(Func<HttpRequest, (string Name, string? Value)[]> headers, Func<SiteConfig, SiteConfig>? site = null) =>
        TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html";
                foreach (var (name, value) in headers(context.Request))
                    context.Response.Headers.Append(name, value);
                return context.Response.WriteAsync(Requests.Html);
            },
            site);

    private static Task<TestGateway> StartAsync(params (string Name, string? Value)[] headers) => StartAsync(_ => headers);

    [Theory]
    [InlineData(null, "private")]
    [InlineData("max-age=60", "max-age=60, private")]
    [InlineData("public, s-maxage=60", "public, s-maxage=60, private")]
    [InlineData("private, max-age=60", "private, max-age=60")]
    [InlineData("PRIVATE", "PRIVATE")]
    [InlineData("no-store", "no-store")]
    [InlineData("max-age=0 , No-Store", "max-age=0 , No-Store")]
    [InlineData("no-cache", "no-cache, private")]
    [InlineData("private=\"X-Name\"", "private=\"X-Name\", private")]
    public async Task A_response_from_which_a_cookie_was_removed_is_private(string? said, string says)
    {
        await using var gateway = await StartAsync(
            ("Set-Cookie", "_ga=1"), ("Cache-Control", said), ("Surrogate-Control", "max-age=9"), ("CDN-Cache-Control", "max-age=9"),
            ("Cloudflare-CDN-Cache-Control", "max-age=9"), ("Edge-Control", "max-age=9"), ("X-Accel-Expires", "9"));
        var response = await gateway.GetAsync("/", Requests.ByScript);
        Assert.Empty(response.SetCookies());
        Assert.Equal(says, response.Line("Cache-Control"));
        foreach (var name in new[] { "Surrogate-Control", "CDN-Cache-Control", "Cloudflare-CDN-Cache-Control", "Edge-Control", "X-Accel-Expires" })
            Assert.Empty(response.Lines(name));
    }

    [Fact, Row("H8")]
    public async Task A_response_whose_cookie_was_changed_or_that_deletes_a_cookie_is_private()
    {
        await using var gateway = await StartAsync(request => [("Set-Cookie", request.Query["line"].ToString()), ("Cache-Control", "public")]);
        async Task<string?> CacheControlAsync(string line, params (string, string)[] headers) =>
            (await gateway.GetAsync("/?line=" + Uri.EscapeDataString(line), headers)).Line("Cache-Control");

        Assert.Equal("public, private", await CacheControlAsync("sessionid=1; Max-Age=99999999", Requests.ByScript));
        Assert.Equal("public, private", await CacheControlAsync("_ga=1; Max-Age=0", Requests.ByScript));
        Assert.Equal("public, private", await CacheControlAsync("sessionid=1", [.. Requests.Navigation, ("Cookie", "_ga=1")]));
        Assert.Equal("public", await CacheControlAsync("sessionid=1", [.. Requests.ByScript, ("Cookie", "_ga=1")]));
        Assert.Equal("public", await CacheControlAsync("_ga=; Max-Age=0", Requests.ByScript));
    }

    [Fact]
    public async Task Cache_headers_of_a_response_with_unchanged_cookies_are_not_changed()
    {
        await using var gateway = await StartAsync(("Set-Cookie", "sessionid=1"), ("Cache-Control", "public, max-age=60"), ("Surrogate-Control", "max-age=9"), ("X-Accel-Expires", "9"));
        var response = await gateway.GetAsync("/", Requests.ByScript);
        Assert.Equal("public, max-age=60", response.Line("Cache-Control"));
        Assert.Equal("max-age=9", response.Line("Surrogate-Control"));
        Assert.Equal("9", response.Line("X-Accel-Expires"));
    }

    /// <summary>A cache that follows the headers never shows the page of one visitor to another.</summary>
    [Fact]
    public async Task A_shared_cache_may_not_store_a_page_from_which_a_cookie_was_removed()
    {
        await using var gateway = await StartAsync(("Set-Cookie", "_ga=visitor"), ("Cache-Control", "max-age=60"));
        foreach (var consent in new[] { "x=1", (await Flow.ChooseAsync(gateway, Flow.Refuse))!, (await Flow.ChooseAsync(gateway, Flow.Accept))! })
        {
            var response = await gateway.NavigateAsync("/", consent);
            Assert.True(response.Headers.CacheControl!.Private || response.SetCookies().Count > 0, consent);
        }
    }

    [Theory, Row("H6")]
    [InlineData(null, "Sec-Fetch-Dest, Upgrade-Insecure-Requests")]
    [InlineData("Accept-Encoding", "Accept-Encoding, Sec-Fetch-Dest, Upgrade-Insecure-Requests")]
    [InlineData("sec-fetch-dest", "sec-fetch-dest, Upgrade-Insecure-Requests")]
    [InlineData("*", "*")]
    [InlineData("Upgrade-Insecure-Requests , Sec-Fetch-Dest", "Upgrade-Insecure-Requests , Sec-Fetch-Dest")]
    public async Task Vary_of_an_HTML_response_contains_the_fetch_destination_once(string? said, string says)
    {
        await using var gateway = await StartAsync(("Vary", said), ("Cache-Control", "max-age=60"));
        foreach (var headers in new[] { Requests.Navigation, Requests.ByScript, Requests.Image, Requests.Fetch("iframe", "navigate", "same-origin") })
            Assert.Equal(says, (await gateway.GetAsync("/", headers)).Line("Vary"));
    }

    [Theory, Row("H6")]
    [InlineData(null, "Accept, X-Requested-With")]
    [InlineData("x-requested-with", "x-requested-with, Accept")]
    [InlineData("*", "*")]
    public async Task Without_fetch_metadata_Vary_contains_the_headers_that_are_read_instead(string? said, string says)
    {
        await using var gateway = await StartAsync(("Vary", said));
        Assert.Equal(says, (await gateway.GetAsync("/", Requests.PlainNavigation)).Line("Vary"));
        Assert.Equal(says, (await gateway.GetAsync("/", ("Accept", "*/*"), ("X-Requested-With", "XMLHttpRequest"))).Line("Vary"));
    }

    [Fact, Row("H9")]
    public async Task A_response_that_is_not_HTML_or_not_cacheable_gets_no_Vary()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = context.Request.Query["type"];
            context.Response.Headers.CacheControl = context.Request.Query["cache"];
            return context.Response.WriteAsync(Requests.Html);
        });
        Assert.Empty((await gateway.GetAsync("/?type=image/gif", Requests.Image)).Lines("Vary"));
        Assert.Empty((await gateway.GetAsync("/?type=text/css", Requests.ByScript)).Lines("Vary"));
        Assert.Empty((await gateway.GetAsync("/?type=application/pdf", Requests.Navigation)).Lines("Vary"));
        Assert.Empty((await gateway.GetAsync("/?type=text/html&cache=no-store", Requests.Navigation)).Lines("Vary"));
        Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", (await gateway.GetAsync("/?type=text/html", Requests.Navigation)).Line("Vary"));
        var posted = Requests.To(new Uri(gateway.Url, "/?type=text/html"), HttpMethod.Post, Requests.Navigation);
        Assert.Empty((await gateway.Client.SendAsync(posted, TestContext.Current.CancellationToken)).Lines("Vary"));
    }

    [Fact]
    public async Task HTML_without_the_script_element_gets_the_Vary_header_too()
    {
        await using var gateway = await StartAsync(("Content-Disposition", "attachment"));
        Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", (await gateway.GetAsync("/", Requests.Navigation)).Line("Vary"));
    }
}
