using System.Collections.Concurrent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// What browsers keep or fetch in advance is not shown with the policy of before a decision: pages and scripts in the cache, pages that the
/// back button restores, pages that were prefetched or prerendered.
/// </summary>
public sealed class PolicyFreshnessInBrowserTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private readonly Browser _chromium = chromium;

    // A script and a pixel of the third party. Both stay fresh for ten minutes.
    private const string Tags = "<script src='http://{other}/tag.js'></script><img src='http://{other}/pixel' alt>";

    [Theory, MemberData(nameof(Names))]
    public async Task A_page_and_scripts_in_the_cache_of_the_browser_follow_the_decision(string name)
    {
        await using var site = await Site.StartAsync(Tags + "<a href=/>again</a>");
        await RunAsync(name, async tab =>
        {
            await tab.GotoAsync(site.Url);
            Assert.Equal("undefined", await ShownAsync(tab));
            await tab.ChooseAsync(accepts: true);
            Assert.Equal("number", await ShownAsync(tab));
            Assert.Contains("/tag.js", site.Requested);

            // The browser asks whether its page is still valid, and it is.
            Assert.Equal("number", await FollowAsync(tab));
            Assert.Contains(site.Gateway.Received, request => request.Headers["Sec-Fetch-Dest"] == "document" && request.Headers.IfNoneMatch == "\"1\"");

            await tab.ChooseAsync(accepts: false);
            Assert.Equal("undefined", await ShownAsync(tab));
            site.Other.Received.Clear();
            Assert.Equal("undefined", await FollowAsync(tab));
            Assert.Equal("undefined", await FollowAsync(tab));
            Assert.Empty(site.Requested);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_page_that_is_left_because_of_a_withdrawal_sends_nothing_on_its_way_out(string name)
    {
        await using var site = await Site.StartAsync("<script>addEventListener('pagehide', () => navigator.sendBeacon('http://{other}/left', ''))</script>" + Tags);
        await RunAsync(name, async tab =>
        {
            await tab.GotoAsync(site.Url);
            await tab.ChooseAsync(accepts: true);
            await ShownAsync(tab);
            Assert.DoesNotContain("/left", site.Requested);
            await tab.GotoAsync(site.Url);
            await ShownAsync(tab);
            await Eventually.IsTrueAsync(() => site.Requested.Contains("/left"));

            site.Other.Received.Clear();
            await tab.ChooseAsync(accepts: false);
            Assert.Equal("undefined", await ShownAsync(tab));
            Assert.Empty(site.Requested);
        });
    }

    [Fact]
    public Task A_page_that_the_back_button_restores_in_Firefox_follows_a_withdrawal() => RunAsync(nameof(Firefox), GoBackAsync);

    // The Chromium of the other tests disables the back/forward cache.
    [Fact]
    public Task A_page_that_the_back_button_restores_in_Chromium_follows_a_withdrawal() => InWholeChromiumAsync(GoBackAsync);

    [Theory]
    [InlineData("prerender")]
    [InlineData("prefetch")]
    public Task A_page_that_was_prepared_by_speculation_rules_before_a_withdrawal_is_shown_with_the_policy_of_after_it(string rule) => InWholeChromiumAsync(async tab =>
    {
        await using var site = await Site.StartAsync(
            "<script>if (location.pathname === '/') document.write(`<script type=speculationrules>{\"" + rule + "\":[{\"urls\":[\"/next\"],\"eagerness\":\"immediate\"}]}<\\/script>`)</script>"
            + Tags + "<a href=/next>next</a>");
        var prepared = await PreparedAsync(tab);
        await tab.GotoAsync(site.Url);
        await ShownAsync(tab);
        await tab.ChooseAsync(accepts: true);
        await ShownAsync(tab);
        await Eventually.IsTrueAsync(() => !prepared.IsEmpty);
        Assert.DoesNotContain("Success", prepared);
        Assert.DoesNotContain("Ready", prepared);

        // In another tab, as the page would otherwise be loaded again.
        var page = ((ChromiumTab)tab).Page;
        await page.EvaluateAsync("""fetch("/_choices/choice", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"choice":"refuse"}' }).then(answer => answer.text())""");
        site.Other.Received.Clear();
        Assert.Equal("undefined", await FollowAsync(tab));
        Assert.Empty(site.Requested);
        Assert.Contains(site.Gateway.Received, request => request.Target == "/next");
    });

    // Without this, the test above could not fail.
    [Theory]
    [InlineData("prerender", "Ready")]
    [InlineData("prefetch", "Ready")]
    public Task The_browser_prepares_pages_by_speculation_rules_where_third_parties_are_not_held_back(string rule, string status) => InWholeChromiumAsync(async tab =>
    {
        await using var site = await Site.StartAsync(
            "<script type=speculationrules>{\"" + rule + "\":[{\"urls\":[\"/next\"],\"eagerness\":\"immediate\"}]}</script>", ThirdPartyMode.Off);
        var prepared = await PreparedAsync(tab);
        await tab.GotoAsync(site.Url);
        await Eventually.IsTrueAsync(() => prepared.Contains(status), string.Join(' ', prepared));
    });

    [Theory, MemberData(nameof(Names))]
    public async Task A_page_that_a_link_prefetched_before_a_decision_follows_it(string name)
    {
        await using var site = await Site.StartAsync("<link rel=prefetch href=/next>" + Tags + "<a href=/next>next</a>");
        await RunAsync(name, async tab =>
        {
            foreach (var (accepts, expected) in new[] { (true, "number"), (false, "undefined") })
            {
                await tab.GotoAsync(site.Url);
                await ShownAsync(tab);
                await Eventually.IsTrueAsync(() => site.Gateway.Received.Any(request => request.Target == "/next"));
                await tab.EvaluateAsync<string>(
                    $$"""fetch("/_choices/choice", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"choice":"{{(accepts ? "accept" : "refuse")}}"}' }).then(answer => answer.text())""");
                site.Other.Received.Clear();
                Assert.Equal(expected, await FollowAsync(tab));
                Assert.Equal(accepts, site.Requested.Count > 0);
            }
        });
    }

    private static async Task GoBackAsync(ITab tab)
    {
        // The page itself sends when it is restored, as measuring tags do. The gateway's script comes first.
        await using var site = await Site.StartAsync("<script>addEventListener('pageshow', event => event.persisted && (new Image().src = 'http://{other}/restored?' + Math.random()))</script>" + Tags);
        await tab.GotoAsync(site.Url);
        await tab.ChooseAsync(accepts: true);
        await ShownAsync(tab);
        foreach (var isWithdrawn in new[] { false, true })
        {
            await tab.GotoAsync(site.Url + "one");
            Assert.Equal("number", await ShownAsync(tab));
            await tab.EvaluateAsync<bool>("window.isKept = true");
            await tab.GotoAsync(site.Url + "two");
            await ShownAsync(tab);
            if (isWithdrawn)
                await tab.ChooseAsync(accepts: false);
            site.Other.Received.Clear();
            await tab.EvaluateAsync<bool>("setTimeout(() => history.back()) > 0");
            if (isWithdrawn)
            {
                await tab.UntilAsync("location.pathname === '/one' && !window.isKept");
                Assert.Equal("undefined", await ShownAsync(tab));
                Assert.Empty(site.Requested);
            }
            else
            {
                await tab.UntilAsync("location.pathname === '/one' && window.isKept");
                await Eventually.IsTrueAsync(() => site.Requested.Any(target => target.StartsWith("/restored", StringComparison.Ordinal)));
            }
        }
    }

    private Task InWholeChromiumAsync(Func<ITab, Task> test) => _chromium.RunAsync(async tests =>
    {
        await using var own = await tests.Context.Browser!.BrowserType.LaunchAsync(new()
        {
            ExecutablePath = Browser.Installed(Chromium.FindWhole()),
            Args = ["--no-sandbox", "--disable-gpu"],
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });
        var tab = new ChromiumTab(await own.NewPageAsync());
        await tab.AtStartAsync(OpenShadowRoots.Script);
        await test(tab);
    });

    // What becomes of the pages that Chromium prepares.
    private static async Task<ConcurrentQueue<string>> PreparedAsync(ITab tab)
    {
        var found = new ConcurrentQueue<string>();
        var page = ((ChromiumTab)tab).Page;
        var session = await page.Context.NewCDPSessionAsync(page);
        foreach (var name in new[] { "Preload.prerenderStatusUpdated", "Preload.prefetchStatusUpdated" })
        {
            session.Event(name).OnEvent += (_, data) =>
            {
                if (data!.Value.GetProperty("status").GetString() is { } status and not ("Pending" or "Running"))
                    found.Enqueue(status);
            };
        }

        await session.SendAsync("Preload.enable");
        return found;
    }

    // Waits until the page is complete, and returns whether the script of the third party has run.
    private static async Task<string> ShownAsync(ITab tab)
    {
        await tab.LoadedAsync();
        await tab.EvaluateAsync<string>("fetch('/quiet').then(answer => answer.text())");
        return await tab.EvaluateAsync<string>("typeof window.tracked");
    }

    private static async Task<string> FollowAsync(ITab tab)
    {
        await tab.LoadsAsync(() => tab.EvaluateAsync<bool>("setTimeout(() => document.querySelector('a').click()) > 0"));
        return await ShownAsync(tab);
    }

    private sealed record Site(Backend Other, TestGateway Gateway) : IAsyncDisposable
    {
        public string Url => $"http://localhost:{Gateway.Url.Port}/";

        public IReadOnlyList<string> Requested => [.. Other.Received.Select(request => request.Target)];

        /// <param name="body">Of each page. <c>{other}</c> is the third party.</param>
        public static async Task<Site> StartAsync(string body, ThirdPartyMode mode = ThirdPartyMode.Enforce)
        {
            var other = await Backend.StartAsync(context =>
            {
                context.Response.Headers.CacheControl = "max-age=600";
                context.Response.ContentType = "text/javascript";
                return context.Response.WriteAsync("window.tracked = 1");
            });
            var host = $"stats.localhost:{other.Url.Port}";
            var gateway = await TestGateway.StartAsync(
                context =>
                {
                    context.Response.Headers.CacheControl = "max-age=600";
                    context.Response.Headers.ETag = "\"1\"";
                    if (context.Request.Headers.IfNoneMatch == "\"1\"")
                    {
                        context.Response.StatusCode = StatusCodes.Status304NotModified;
                        return Task.CompletedTask;
                    }

                    context.Response.ContentType = "text/html; charset=utf-8";
                    return context.Response.WriteAsync($"<!doctype html><html lang=en><head><title>Page</title></head><body>{body.Replace("{other}", host, StringComparison.Ordinal)}</body></html>");
                },
                site => site with
                {
                    ThirdParties = mode,
                    Categories = [TestSites.Category("statistics")],
                    Cookies = [TestSites.Entry(Table.Asked("statistics", host) with { Kind = EntryKind.Host, Party = Party.Third })],
                },
                time: new(TimeProvider.System.GetUtcNow()));
            return new(other, gateway);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
