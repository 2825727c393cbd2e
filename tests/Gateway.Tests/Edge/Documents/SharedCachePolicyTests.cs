using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Edge.Documents;

/// <summary>A real shared cache in front of the gateway gives no visitor the policy for third parties of another one.</summary>
public sealed class SharedCachePolicyTests
{
    private const string Granted = " http://stats.example.net ws://stats.example.net";

    public static TheoryData<string> Caches => SharedCacheTests.Caches;

    [Theory, MemberData(nameof(Caches))]
    public async Task Each_visitor_gets_his_own_policy_on_pages_that_the_site_declares_public(string kind)
    {
        await using var site = await StartAsync();
        await using var cache = await SharedCache.StartAsync(kind, site.Url, site.Url);
        var granted = await ChooseAsync(site, """{"choice":"save","granted":["statistics"]}""");
        var refused = await ChooseAsync(site, """{"choice":"refuse"}""");

        foreach (var (path, order) in new[] { ("/one", new[] { null, granted, refused, granted, null }), ("/two", [granted, null, granted, refused, granted]) })
        {
            foreach (var cookie in order)
            {
                foreach (var headers in new[] { Requests.Navigation, Requests.PlainNavigation })
                {
                    var (_, isHit, response) = await cache.GetAsync(path, "after", cookie is null ? headers : headers.Append(("Cookie", cookie)));
                    Assert.False(isHit);
                    Assert.Equal(cookie == granted, Assert.Single(ThirdPartySite.Policies(response)).EndsWith(Granted, StringComparison.Ordinal));
                }
            }
        }
    }

    /// <remarks>Proves that the cache stores what this site sends, so that the test of the pages can fail.</remarks>
    [Theory, MemberData(nameof(Caches))]
    public async Task What_is_no_page_is_shared_and_its_policy_names_no_third_party(string kind)
    {
        await using var site = await StartAsync();
        await using var cache = await SharedCache.StartAsync(kind, site.Url, site.Url);
        var granted = await ChooseAsync(site, """{"choice":"save","granted":["statistics"]}""");

        var (_, _, first) = await cache.GetAsync("/style.css", "after", Requests.Fetch("style", "no-cors", "same-origin").Append(("Cookie", granted)));
        var (_, isHit, second) = await cache.GetAsync("/style.css", "after", Requests.Fetch("style", "no-cors", "same-origin"));
        Assert.True(isHit);
        Assert.Equal((ThirdPartySite.Own, ThirdPartySite.Own), (ThirdPartySite.Policies(first).Single(), ThirdPartySite.Policies(second).Single()));

        // As a document, it is the same file with the same policy.
        var (_, _, shown) = await cache.GetAsync("/style.css", "after", Requests.Navigation.Append(("Cookie", granted)));
        Assert.Equal([ThirdPartySite.Own], ThirdPartySite.Policies(shown));
    }

    [Theory, MemberData(nameof(Caches))]
    public async Task A_stale_page_from_before_the_policy_is_not_shown_with_the_headers_of_then(string kind)
    {
        await using var bare = await Backend.StartAsync(context => AnswerAsync(context, "public, max-age=1"));
        await using var site = await StartAsync("public, max-age=1");
        await using var cache = await SharedCache.StartAsync(kind, bare.Url, site.Url);
        Assert.Empty(ThirdPartySite.Policies((await cache.GetAsync("/", "before", Requests.Navigation)).Response));

        HttpResponseMessage? answer = null;
        await Eventually.IsTrueAsync(async () =>
        {
            answer = (await cache.GetAsync("/", "after", Requests.Navigation)).Response;
            return site.Received.Count > 0;
        });
        Assert.Equal([ThirdPartySite.Own + " https://cdn.example.net wss://cdn.example.net"], ThirdPartySite.Policies(answer!));
    }

    private static Task<TestGateway> StartAsync(string cacheControl = "public, max-age=60") => ThirdPartySite.StartAsync(context => AnswerAsync(context, cacheControl));

    private static Task AnswerAsync(HttpContext context, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.ETag = "\"1\"";
        if (context.Request.Headers.IfNoneMatch == "\"1\"")
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        var isStyle = context.Request.Path == "/style.css";
        headers.ContentType = isStyle ? "text/css" : "text/html; charset=utf-8";
        return context.Response.WriteAsync(isStyle ? "p { color: red }" : Requests.Html);
    }

    private static async Task<string> ChooseAsync(TestGateway site, string choice) => (await States.Flow.ChooseAsync(site, choice))!;
}
