using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>The caches of Chromium and Firefox: a page has the script element, and a fetch of the same URL gets the bytes of the site.</summary>
public class BrowserCacheTests(Browser browser, Firefox firefox)
{
    private const string Guarded = "() => !!window[Symbol.for('gateway')]";

    private const string Asks = "!!document.querySelector('site-gateway')?.shadowRoot.querySelector('.bar')";

    private const string Fetched = "async path => (await (await fetch(path)).text()).includes('data-gateway')";

    [Theory, Row("H6", "F1")]
    [InlineData("max-age=600", true, false)]
    [InlineData("no-cache", true, false)]
    [InlineData("no-cache", false, true)]
    [InlineData("max-age=0", false, true)]
    public async Task Chromium_does_not_mix_up_a_page_and_a_response_to_a_script(string cacheControl, bool hasTag, bool hasDate)
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

    /// <remarks>Firefox prefetches when it is idle.</remarks>
    [Fact, Row("F14", "H6")]
    public Task A_prefetched_page_has_the_script_element_in_Chromium() => browser.RunAsync(page => PrefetchAsync(new ChromiumTab(page)));

    [Fact, Row("F14", "H6")]
    public Task A_prefetched_page_has_the_script_element_in_Firefox() => firefox.RunAsync(PrefetchAsync);

    private static async Task PrefetchAsync(ITab tab)
    {
        await using var gateway = await StartAsync("max-age=600", hasTag: true, hasDate: false);
        var url = $"http://localhost:{gateway.Url.Port}";
        await tab.GotoAsync($"{url}/start");
        await tab.EvaluateAsync<bool>("document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '/page' })) ?? true");
        await Eventually.IsTrueAsync(() => gateway.Received.Any(request => request.Target == "/page"));

        // The prefetch has a Sec-Purpose header, and arrives before the navigation.
        Assert.Equal("prefetch", gateway.Received.Single(request => request.Target == "/page").Headers["Sec-Purpose"]);
        await tab.GotoAsync($"{url}/page");
        Assert.True(await tab.EvaluateAsync<bool>($"({Guarded})()"));
        Assert.True(await tab.EvaluateAsync<bool>(Asks));
    }

    /// <remarks>In mode off, pages are as they were before the gateway.</remarks>
    [Theory, Row("H3", "H4")]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Chromium_loads_a_cached_page_from_before_the_gateway_again(bool hasTag, bool hasDate)
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
    public async Task Chromium_revalidates_a_cached_page_with_the_script_element()
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
    public async Task Firefox_does_not_mix_up_a_page_and_a_response_to_a_script(string cacheControl, bool hasTag, bool hasDate)
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
    public async Task Firefox_loads_a_cached_page_from_before_the_gateway_again(bool hasTag, bool hasDate)
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
    public async Task Firefox_revalidates_a_cached_page_with_the_script_element()
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
    public Task A_page_cached_before_the_choice_shows_no_banner_after_it_in_Chromium() => browser.RunAsync(page => AskNoMoreAsync(new ChromiumTab(page)));

    [Fact, Row("H2")]
    public Task A_page_cached_before_the_choice_shows_no_banner_after_it_in_Firefox() => firefox.RunAsync(AskNoMoreAsync);

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

    /// <remarks>Firefox keeps pages in its back-forward cache unless a feature of the page prevents it. Chromium runs without that cache.</remarks>
    [Theory, Row("H9")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Firefox_restores_pages_from_the_back_forward_cache(bool isGranted)
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
                // What the script does once, when there is time, has ended: Firefox keeps no page that still waits for a database.
                await tab.LoadedAsync();
                await tab.EvaluateAsync<bool>("new Promise(requestIdleCallback).then(async () => { await indexedDB.databases(); await caches.keys(); await navigator.serviceWorker.getRegistrations(); return true })");
                await tab.EvaluateAsync<bool>("(document.cookie = '_ga=1; path=/', window.isKept = true)");
            }

            var asked = gateway.Received.Count;
            foreach (var (step, path) in new[] { ("back", "/one"), ("forward", "/two"), ("back", "/one") })
            {
                await tab.EvaluateAsync<bool>($"setTimeout(() => history.{step}()) > 0");
                await tab.UntilAsync($"location.pathname === '{path}' && document.readyState === 'complete'");
                Assert.True(await tab.EvaluateAsync<bool>("window.isKept === true && !!window[Symbol.for('gateway')]"));
                Assert.Equal(!isGranted, await tab.EvaluateAsync<bool>(Asks));
                Assert.Equal(isGranted, await tab.EvaluateAsync<bool>("document.cookie.includes('_ga=1')"));
            }

            Assert.Equal(asked, gateway.Received.Count);
        });
    }

    [Fact, Row("H2")]
    public async Task A_cached_file_that_is_opened_again_is_revalidated()
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

            // Like some old servers, it compares the date even if the request has an ETag.
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
