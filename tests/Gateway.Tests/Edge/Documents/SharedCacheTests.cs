using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>A real shared cache in front of the gateway does not mix up visitors or outdated pages, and still shares what may be shared.</summary>
public class SharedCacheTests
{
    private const string Modified = "Sun, 22 Nov 2026 10:00:00 GMT";

    public static TheoryData<string> Caches => ["nginx", "varnish"];

    [Theory, MemberData(nameof(Caches)), Row("H8")]
    public async Task A_page_from_which_a_cookie_was_removed_is_not_shared(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=60", setsCookie: true);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var first = await cache.GetAsync("/", "after", Requests.Navigation);
        var second = await cache.GetAsync("/", "after", Requests.Navigation);
        Assert.Contains("page 1", first.Body, StringComparison.Ordinal);
        Assert.Contains("page 2", second.Body, StringComparison.Ordinal);
        Assert.Empty(second.Response.SetCookies());
    }

    /// <remarks>Proves that the cache stores pages at all: without this, the test that a page is not shared could not fail.</remarks>
    [Theory, MemberData(nameof(Caches))]
    public async Task A_page_without_a_cookie_is_shared_with_its_script_element(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=60", setsCookie: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var first = await cache.GetAsync("/", "after", Requests.Navigation);
        var second = await cache.GetAsync("/", "after", Requests.Navigation);
        Assert.False(first.IsHit);
        Assert.True(second.IsHit);
        Assert.Equal(first.Body, second.Body);
        Assert.Contains(PageInjectionTests.LineOf(site.Gateway), second.Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Caches)), Row("H6")]
    public async Task The_cache_keeps_pages_and_responses_to_scripts_apart(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=60", setsCookie: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        foreach (var (path, order) in new[] { ("/one", new[] { false, true, false, true }), ("/two", [true, false, true, false]) })
        {
            foreach (var isPage in order)
            {
                var (body, _, _) = await cache.GetAsync(path, "after", isPage ? Requests.Navigation : Requests.ByScript);
                Assert.Equal(isPage, body.Contains(PageInjectionTests.LineOf(site.Gateway), StringComparison.Ordinal));
            }
        }
    }

    [Theory, MemberData(nameof(Caches)), Row("H3")]
    public async Task A_stale_page_from_before_the_gateway_is_loaded_again(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=1", setsCookie: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var before = await cache.GetAsync("/", "before", Requests.Navigation);
        Assert.DoesNotContain("data-gateway", before.Body, StringComparison.Ordinal);
        var after = await site.OnceStaleAsync(cache);
        Assert.Contains(PageInjectionTests.LineOf(site.Gateway), after.Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Caches)), Row("H2")]
    public async Task A_stale_page_with_the_script_element_is_revalidated_by_its_ETag(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=1", setsCookie: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var first = await cache.GetAsync("/", "after", Requests.Navigation);
        var second = await site.OnceStaleAsync(cache);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("\"1\"", site.Gateway.Received[^1].Headers.IfNoneMatch.ToString());
        Assert.Equal(first.Response.Line("ETag"), second.Response.Line("ETag"));
    }

    [Theory, MemberData(nameof(Caches)), Row("H3", "H4")]
    public async Task A_stale_page_from_before_the_gateway_with_only_a_date_is_loaded_again(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=1", setsCookie: false, hasTag: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var before = await cache.GetAsync("/", "before", Requests.Navigation);
        Assert.DoesNotContain("data-gateway", before.Body, StringComparison.Ordinal);

        // The cache revalidates by date, and the backend would answer 304.
        var after = await site.OnceStaleAsync(cache);
        Assert.Contains(PageInjectionTests.LineOf(site.Gateway), after.Body, StringComparison.Ordinal);
        Assert.Equal("", site.Gateway.Received[^1].Headers.IfModifiedSince.ToString());
    }

    [Theory, MemberData(nameof(Caches)), Row("H2", "H4")]
    public async Task A_stale_page_with_the_script_element_and_only_a_date_is_revalidated_by_the_date(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=1", setsCookie: false, hasTag: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var first = await cache.GetAsync("/", "after", Requests.Navigation);
        Assert.Contains(PageInjectionTests.LineOf(site.Gateway), first.Body, StringComparison.Ordinal);
        var second = await site.OnceStaleAsync(cache);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal((Modified, ""), (site.Gateway.Received[^1].Headers.IfModifiedSince.ToString(), site.Gateway.Received[^1].Headers.IfNoneMatch.ToString()));
        Assert.Equal((Modified, first.Response.Line("ETag")), (second.Response.Line("Last-Modified"), second.Response.Line("ETag")));
    }

    /// <remarks>A page is the same for all visitors. The settings page is not, and is never stored.</remarks>
    [Theory, MemberData(nameof(Caches))]
    public async Task The_cache_shares_one_page_between_visitors_before_and_after_their_choice(string kind)
    {
        await using var site = await Site.StartAsync("public, max-age=60", setsCookie: false);
        await using var cache = await SharedCache.StartAsync(kind, site.Bare.Url, site.Gateway.Url);
        var undecided = await cache.GetAsync("/", "after", Requests.Navigation);
        var settings = await cache.GetAsync("/_choices/", "after", Requests.Navigation);
        var choice = await States.Flow.ChooseAsync(site.Gateway, States.Flow.Accept);
        var decided = await cache.GetAsync("/", "after", Requests.Navigation.Append(("Cookie", choice!)));
        Assert.True(decided.IsHit);
        Assert.Equal(undecided.Body, decided.Body);
        Assert.Single(site.Gateway.Received);

        var ours = await cache.GetAsync("/_choices/", "after", Requests.Navigation.Append(("Cookie", choice!)));
        var others = await cache.GetAsync("/_choices/", "after", Requests.Navigation);
        Assert.Equal((false, false, false), (settings.IsHit, ours.IsHit, others.IsHit));
        Assert.NotEqual(settings.Body, ours.Body);
        Assert.Equal(settings.Body, others.Body);
    }

    /// <summary>A site that counts its pages, with and without the gateway in front.</summary>
    private sealed record Site(Backend Bare, TestGateway Gateway) : IAsyncDisposable
    {
        public static async Task<Site> StartAsync(string cacheControl, bool setsCookie, bool hasTag = true)
        {
            var pages = 0;
            Task AnswerAsync(HttpContext context)
            {
                var headers = context.Response.Headers;
                headers.CacheControl = cacheControl;
                headers.ETag = hasTag ? "\"1\"" : null;
                headers.LastModified = hasTag ? null : Modified;
                if (hasTag ? context.Request.Headers.IfNoneMatch == "\"1\"" : context.Request.Headers.IfModifiedSince == Modified)
                {
                    context.Response.StatusCode = 304;
                    return Task.CompletedTask;
                }

                if (setsCookie)
                    headers.SetCookie = "unlisted=1";
                headers.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync($"<!doctype html><html><head></head><body>page {++pages}</body></html>");
            }

            return new Site(await Backend.StartAsync(AnswerAsync), await TestGateway.StartAsync(AnswerAsync));
        }

        /// <summary>Requests the front page until the copy in the cache is stale and the cache asks the gateway.</summary>
        public async Task<(string Body, bool IsHit, HttpResponseMessage Response)> OnceStaleAsync(SharedCache cache)
        {
            var received = Gateway.Received.Count;
            (string, bool, HttpResponseMessage) answer = default;
            await Eventually.IsTrueAsync(async () =>
            {
                answer = await cache.GetAsync("/", "after", Requests.Navigation);
                return Gateway.Received.Count > received;
            });
            return answer;
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Bare.DisposeAsync();
        }
    }
}
