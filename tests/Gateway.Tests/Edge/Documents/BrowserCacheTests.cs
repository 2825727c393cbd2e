using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Chromium's own cache and Firefox's: whatever they keep of an address, a page has the line and a script gets the site's bytes.</summary>
public class BrowserCacheTests(Browser browser, Firefox firefox)
{
    private const string Guarded = "() => window[Symbol.for('gateway')] === true";

    private const string Asks = "!!document.querySelector('site-gateway')?.shadowRoot.querySelector('.bar')";

    private const string Fetched = "async path => (await (await fetch(path)).text()).includes('data-gateway')";

    [Theory, Row("H6", "F1")]
    [InlineData("max-age=600", true, false)]
    [InlineData("no-cache", true, false)]
    [InlineData("no-cache", false, true)]
    [InlineData("max-age=0", false, true)]
    public async Task Fetched_by_a_script_then_navigated_to_and_the_other_way_round(string cacheControl, bool hasTag, bool hasDate)
    {
        await using var gateway = await StartAsync(cacheControl, hasTag, hasDate);
        await browser.RunAsync(async page =>
        {
            var url = $"http://localhost:{gateway.Url.Port}";
            await page.GotoAsync($"{url}/start");
            Assert.False(await page.EvaluateAsync<bool>(Fetched, "/page"));
            await page.GotoAsync($"{url}/page");
            Assert.True(await page.EvaluateAsync<bool>(Guarded));
            Assert.False(await page.EvaluateAsync<bool>(Fetched, "/page"));
            await page.ReloadAsync();
            Assert.True(await page.EvaluateAsync<bool>(Guarded));
            Assert.False(await page.EvaluateAsync<bool>(Fetched, "/page"));
        });
    }

    /// <remarks>Firefox prefetches when it has nothing else to do.</remarks>
    [Fact, Row("F14", "H6")]
    public Task Prefetched_then_navigated_to() => browser.RunAsync(page => PrefetchAsync(new ChromiumTab(page)));

    [Fact, Row("F14", "H6")]
    public Task In_Firefox_too_prefetched_then_navigated_to() => firefox.RunAsync(PrefetchAsync);

    private static async Task PrefetchAsync(ITab tab)
    {
        await using var gateway = await StartAsync("max-age=600", hasTag: true, hasDate: false);
        var url = $"http://localhost:{gateway.Url.Port}";
        await tab.GotoAsync($"{url}/start");
        await tab.EvaluateAsync<bool>("document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '/page' })) ?? true");
        for (var tries = 0; gateway.Received.All(request => request.Target != "/page"); tries++)
        {
            Assert.True(tries < 500, "Nothing was prefetched.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // It says so itself, and before anybody navigates.
        Assert.Equal("prefetch", gateway.Received.Single(request => request.Target == "/page").Headers["Sec-Purpose"]);
        await tab.GotoAsync($"{url}/page");
        Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
        Assert.True(await tab.EvaluateAsync<bool>(Asks));
    }

    /// <remarks>Off, a site's pages are as they were before the gateway.</remarks>
    [Theory, Row("H3", "H4")]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_page_kept_from_before_the_gateway_comes_anew(bool hasTag, bool hasDate)
    {
        await using var gateway = await StartAsync("no-cache", hasTag, hasDate, site => site with { Mode = SiteMode.Off, ObserveUntil = TestSites.Today.AddDays(7) });
        await browser.RunAsync(async page =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/page";
            await page.GotoAsync(url);
            Assert.False(await page.EvaluateAsync<bool>(Guarded));
            await gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce, ObserveUntil = null });
            await page.GotoAsync("about:blank");
            await page.GotoAsync(url);
            Assert.True(await page.EvaluateAsync<bool>(Guarded));
        });
    }

    [Fact, Row("H2")]
    public async Task A_page_that_is_still_good_is_renewed_without_being_sent()
    {
        await using var gateway = await StartAsync("no-cache", hasTag: true, hasDate: false);
        await browser.RunAsync(async page =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/page";
            await page.GotoAsync(url);
            await page.GotoAsync("about:blank");
            await page.GotoAsync(url);
            Assert.True(await page.EvaluateAsync<bool>(Guarded));
            Assert.Equal("\"1\"", gateway.Received.Last(request => request.Target == "/page").Headers.IfNoneMatch.ToString());
        });
    }

    [Theory, Row("H6")]
    [InlineData("max-age=600", true, false)]
    [InlineData("no-cache", true, false)]
    [InlineData("no-cache", false, true)]
    [InlineData("max-age=0", false, true)]
    public async Task In_Firefox_too_fetched_then_navigated_to_and_the_other_way_round(string cacheControl, bool hasTag, bool hasDate)
    {
        await using var gateway = await StartAsync(cacheControl, hasTag, hasDate);
        await firefox.RunAsync(async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}";
            await tab.GotoAsync($"{url}/start");
            Assert.False(await tab.EvaluateAsync<bool>($"({Fetched})('/page')"));
            await tab.GotoAsync($"{url}/page");
            Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
            Assert.False(await tab.EvaluateAsync<bool>($"({Fetched})('/page')"));
            await tab.ReloadAsync();
            Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
            Assert.False(await tab.EvaluateAsync<bool>($"({Fetched})('/page')"));
        });
    }

    [Theory, Row("H3", "H4")]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task In_Firefox_too_a_page_kept_from_before_the_gateway_comes_anew(bool hasTag, bool hasDate)
    {
        await using var gateway = await StartAsync("no-cache", hasTag, hasDate, site => site with { Mode = SiteMode.Off, ObserveUntil = TestSites.Today.AddDays(7) });
        await firefox.RunAsync(async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/page";
            await tab.GotoAsync(url);
            Assert.False(await tab.EvaluateAsync<bool>($"({Guarded})()"));
            await gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce, ObserveUntil = null });
            await tab.GotoAsync("about:blank");
            await tab.GotoAsync(url);
            Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
        });
    }

    [Fact, Row("H2")]
    public async Task In_Firefox_too_a_page_that_is_still_good_is_renewed_without_being_sent()
    {
        await using var gateway = await StartAsync("no-cache", hasTag: true, hasDate: false);
        await firefox.RunAsync(async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/page";
            await tab.GotoAsync(url);
            await tab.GotoAsync("about:blank");
            await tab.GotoAsync(url);
            Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
            Assert.Equal("\"1\"", gateway.Received.Last(request => request.Target == "/page").Headers.IfNoneMatch.ToString());
        });
    }

    [Fact, Row("H2")]
    public Task Kept_from_before_the_choice_a_page_asks_no_more() => browser.RunAsync(page => AskNoMoreAsync(new ChromiumTab(page)));

    [Fact, Row("H2")]
    public Task Nor_in_Firefox() => firefox.RunAsync(AskNoMoreAsync);

    private static async Task AskNoMoreAsync(ITab tab)
    {
        await using var gateway = await StartAsync("max-age=600", hasTag: true, hasDate: false, time: new FakeTimeProvider(DateTimeOffset.UtcNow));
        var url = $"http://localhost:{gateway.Url.Port}";
        await tab.GotoAsync($"{url}/page");
        Assert.True(await tab.EvaluateAsync<bool>(Asks));
        await tab.GotoAsync($"{url}/other");
        Assert.True(await tab.EvaluateAsync<bool>(
            "fetch('/_choices/choice', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"choice\":\"refuse\"}' }).then(answer => answer.ok)"));
        await tab.GotoAsync($"{url}/page");
        Assert.False(await tab.EvaluateAsync<bool>(Asks));
        Assert.Single(gateway.Received, request => request.Target == "/page");
    }

    /// <remarks>Firefox keeps whole pages for going back, unless something in them forbids it; the tests' Chromium is told not to.</remarks>
    [Theory, Row("H9")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_Firefox_a_page_one_goes_back_or_forward_to_is_the_very_page_one_left(bool isGranted)
    {
        await using var gateway = await StartAsync("no-cache", hasTag: true, hasDate: false, time: new FakeTimeProvider(DateTimeOffset.UtcNow));
        await firefox.RunAsync(async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}";
            await tab.GotoAsync($"{url}/start");
            if (isGranted)
            {
                Assert.True(await tab.EvaluateAsync<bool>(
                    "fetch('/_choices/choice', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"choice\":\"accept\"}' }).then(answer => answer.ok)"));
            }

            foreach (var path in new[] { "/one", "/two" })
            {
                await tab.GotoAsync(url + path);
                Assert.Equal(!isGranted, await tab.EvaluateAsync<bool>(Asks));
                await tab.EvaluateAsync<bool>("(document.cookie = '_ga=1; path=/', window.isKept = true)");
            }

            var asked = gateway.Received.Count;
            foreach (var (step, path) in new[] { ("back", "/one"), ("forward", "/two"), ("back", "/one") })
            {
                await tab.EvaluateAsync<bool>($"setTimeout(() => history.{step}()) > 0");
                await tab.UntilAsync($"location.pathname === '{path}' && document.readyState === 'complete'");
                Assert.True(await tab.EvaluateAsync<bool>("window.isKept === true && window[Symbol.for('gateway')] === true"));
                Assert.Equal(!isGranted, await tab.EvaluateAsync<bool>(Asks));
                Assert.Equal(isGranted, await tab.EvaluateAsync<bool>("document.cookie.includes('_ga=1')"));
            }

            Assert.Equal(asked, gateway.Received.Count);
        });
    }

    [Fact, Row("H2")]
    public async Task A_file_that_is_opened_in_its_tab_again_is_not_sent_again()
    {
        await using var gateway = await StartAsync("no-cache", hasTag: true, hasDate: false);
        await browser.RunAsync(async page =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/file.txt";
            await page.GotoAsync(url);
            await page.GotoAsync("about:blank");
            await page.GotoAsync(url);
            Assert.Contains("page", await page.EvaluateAsync<string>("document.body.textContent"), StringComparison.Ordinal);
            Assert.Equal(["", "\"1\""], gateway.Received.Where(request => request.Target == "/file.txt").Select(request => request.Headers.IfNoneMatch.ToString()));
        });
    }

    private static Task<TestGateway> StartAsync(
        string cacheControl, bool hasTag, bool hasDate, Func<SiteConfig, SiteConfig>? site = null, FakeTimeProvider? time = null) => TestGateway.StartAsync(
        context =>
        {
            const string Modified = "Sun, 22 Nov 2026 10:00:00 GMT";
            var headers = context.Response.Headers;
            headers.CacheControl = cacheControl;
            headers.ETag = hasTag ? "\"1\"" : null;
            headers.LastModified = hasDate ? Modified : null;

            // As old servers do: the date counts whatever tag stands beside it.
            if ((hasTag && context.Request.Headers.IfNoneMatch == "\"1\"") || (hasDate && context.Request.Headers.IfModifiedSince == Modified))
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            headers.ContentType = context.Request.Path == "/file.txt" ? "text/plain" : "text/html; charset=utf-8";
            return context.Response.WriteAsync("<!doctype html><html lang=en><head><title>t</title></head><body><p>page</p></body></html>");
        },
        site,
        time: time);
}
