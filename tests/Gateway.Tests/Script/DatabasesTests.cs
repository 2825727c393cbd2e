using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>
/// Databases, caches and service workers: those that the table and the visitor allow work as without the gateway; others are not opened, as in a
/// private window, and what was created without the guard is removed with the next page.
/// </summary>
public sealed class DatabasesTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    // What a page sees of an attempt to open a database: the events in their order, or the exception.
    private const string Open = """
        window.open_ = (name, ...more) => new Promise(done => {
          const seen = [];
          try {
            const request = indexedDB.open(name, ...more);
            seen.push(request.constructor.name);
            request.onupgradeneeded = () => request.result.createObjectStore('things');
            request.onblocked = () => seen.push('blocked');
            request.onsuccess = () => { seen.push('success'); window.last = request.result; done(seen.join(' ')); };
            request.onerror = event => { event.preventDefault(); seen.push(event.type, request.error.name, event.target === request, request.readyState); done(seen.join(' ')); };
          } catch (error) { done(error.name); }
        });
        window.cache_ = name => caches.open(name).then(cache => cache.put('/x', new Response('x'))).then(() => 'stored', error => error.name);
        window.names_ = async () => [...(await indexedDB.databases()).map(one => one.name), ...await caches.keys()].sort().join();
        """;

    private static readonly SiteConfig Site = TestSites.Library("http://unused.example") with
    {
        Languages = ["en"],
        Cookies =
        [
            TestSites.Entry(Table.Necessary("app-*") with { Kind = EntryKind.IndexedDB, Duration = Days("until deleted") }),
            TestSites.Entry(Table.Asked("statistics", "stats") with { Kind = EntryKind.IndexedDB }),
            TestSites.Entry(Table.Asked("statistics", "stats-cache") with { Kind = EntryKind.CacheStorage }),
            TestSites.Entry(Table.Asked("statistics", "/workers/stats*") with { Kind = EntryKind.ServiceWorker }),
            TestSites.Entry(Table.Necessary("/sw.js") with { Kind = EntryKind.ServiceWorker, Duration = Days("until deleted") }),
        ],
        Categories = [TestSites.Category("statistics")],
    };

    private static string Refused => "IDBOpenDBRequest error InvalidStateError true done";

    [Theory, MemberData(nameof(Names))]
    public Task A_database_opens_only_if_the_table_and_the_visitor_allow_it(string name) => RunAsync(name, async (tab, url) =>
    {
        await tab.GotoAsync(url);
        Assert.Equal("IDBOpenDBRequest success", await OpenAsync(tab, "'app-1'"));
        Assert.Equal(Refused, await OpenAsync(tab, "'stats'"));
        Assert.Equal(Refused, await OpenAsync(tab, "'unknown', 3"));
        Assert.Equal("app-1", await tab.EvaluateAsync<string>("names_()"));

        await DecideAsync(tab, url, "accept");
        Assert.Equal("IDBOpenDBRequest success", await OpenAsync(tab, "'stats'"));
        Assert.Equal(Refused, await OpenAsync(tab, "'unknown'"));
        Assert.Equal("app-1,stats", await tab.EvaluateAsync<string>("names_()"));
    });

    [Theory, MemberData(nameof(Names))]
    public Task Arguments_that_a_browser_refuses_are_refused_as_by_the_browser(string name) => RunAsync(name, async (tab, url) =>
    {
        const string All = "(async () => [await open_(), await open_({ toString() { throw new RangeError } }), await open_(Symbol()), await open_('app-2', 0)].join())()";
        await tab.GotoAsync(url + "bare");
        var bare = await tab.EvaluateAsync<string>(All.Replace("open_()", "(() => { try { indexedDB.open() } catch (error) { return error.name } })()", StringComparison.Ordinal));
        await tab.GotoAsync(url);
        var guarded = await tab.EvaluateAsync<string>(All.Replace("open_()", "(() => { try { indexedDB.open() } catch (error) { return error.name } })()", StringComparison.Ordinal));

        Assert.Equal("TypeError,RangeError,TypeError,TypeError", bare);
        Assert.Equal(bare, guarded);
    });

    [Theory, MemberData(nameof(Names))]
    public Task A_cache_opens_only_if_the_table_and_the_visitor_allow_it(string name) => RunAsync(name, async (tab, url) =>
    {
        await tab.GotoAsync(url);
        Assert.Equal("SecurityError SecurityError", await tab.EvaluateAsync<string>("(async () => await cache_('stats-cache') + ' ' + await cache_('unknown'))()"));
        Assert.Equal("", await tab.EvaluateAsync<string>("names_()"));

        await DecideAsync(tab, url, "accept");
        Assert.Equal("stored SecurityError", await tab.EvaluateAsync<string>("(async () => await cache_('stats-cache') + ' ' + await cache_('unknown'))()"));
        Assert.Equal("stats-cache", await tab.EvaluateAsync<string>("names_()"));
    });

    [Theory, MemberData(nameof(Names))]
    public Task What_was_created_without_the_guard_is_removed_with_the_next_page(string name) => RunAsync(name, async (tab, url) =>
    {
        await tab.GotoAsync(url + "bare");
        foreach (var database in new[] { "'app-1'", "'stats'", "'other'" })
            Assert.Equal("IDBOpenDBRequest success", await OpenAsync(tab, database));
        Assert.Equal("stored stored", await tab.EvaluateAsync<string>("(async () => await cache_('stats-cache') + ' ' + await cache_('other-cache'))()"));

        await tab.GotoAsync(url);
        await tab.UntilAsync("names_().then(names => names === 'app-1')");
    });

    [Theory, MemberData(nameof(Names))]
    public Task A_withdrawal_closes_and_removes_what_the_page_has_open(string name) => RunAsync(name, async (tab, url) =>
    {
        await DecideAsync(tab, url, "accept");
        await OpenAsync(tab, "'stats'");
        await OpenAsync(tab, "'app-1'");
        Assert.Equal("stored", await tab.EvaluateAsync<string>("cache_('stats-cache')"));
        // What was typed keeps the page from loading itself again.
        await tab.EvaluateAsync<bool>("document.body.dispatchEvent(new InputEvent('input', { bubbles: true }))");
        await tab.EvaluateAsync<int>(Choose("refuse"));
        await tab.EvaluateAsync<bool>("document.dispatchEvent(new Event('visibilitychange'))");

        await tab.UntilAsync("names_().then(names => names === 'app-1')");
        Assert.Equal(Refused, await OpenAsync(tab, "'stats'"));
        Assert.Equal("IDBOpenDBRequest success", await OpenAsync(tab, "'app-1'"));
    });

    [Theory, MemberData(nameof(Names))]
    public Task A_service_worker_is_registered_only_if_the_table_and_the_visitor_allow_it(string name) => RunAsync(name, async (tab, url) =>
    {
        const string Register = """
            (async () => {
              const results = [];
              for (const path of ['/sw.js', '/workers/stats-1.js', '/other.js'])
                results.push(await navigator.serviceWorker.register(path, { scope: path }).then(() => 'registered', error => error.name));
              return results.join();
            })()
            """;
        await tab.GotoAsync(url);
        Assert.Equal("registered,TypeError,TypeError", await tab.EvaluateAsync<string>(Register));
        await DecideAsync(tab, url, "accept");
        Assert.Equal("registered,registered,TypeError", await tab.EvaluateAsync<string>(Register));

        await DecideAsync(tab, url, "refuse");
        await tab.UntilAsync("navigator.serviceWorker.getRegistrations().then(all => all.length === 1 && all[0].scope.endsWith('/sw.js'))");
    });

    [Theory, MemberData(nameof(Names))]
    public async Task An_observed_site_keeps_all_and_reports_what_would_be_refused(string name)
    {
        await using var backend = await Support.Backend.StartAsync(AnswerAsync);
        var site = Site with { Backend = backend.Url.ToString(), Mode = SiteMode.Observe, ObserveUntil = TestSites.Today.AddDays(20) };
        await using var gateway = await TestGateway.StartAsync([site]);
        var url = $"http://localhost:{gateway.Url.Port}/";
        await RunAsync(name, async tab =>
        {
            await tab.GotoAsync(url);
            Assert.Equal("IDBOpenDBRequest success", await OpenAsync(tab, "'firebase-things'"));
            Assert.Equal("stored", await tab.EvaluateAsync<string>("cache_('assets-cache')"));
            Assert.True(await tab.EvaluateAsync<bool>("navigator.serviceWorker.register('/other.js').then(() => true)"));
            await tab.LeaveSiteAsync();
            foreach (var line in new[] { "IndexedDB database firebase-things", "cache assets-cache", "service worker " })
                await Eventually.IsTrueAsync(() => gateway.Log.Any(one => one.Contains(line, StringComparison.Ordinal)), line);
        });
    }

    private static Duration Days(string text) => Duration.TryParse(text, out var parsed) ? parsed : throw new ArgumentException(text);

    private static Task<string> OpenAsync(ITab tab, string arguments) => tab.EvaluateAsync<string>($"open_({arguments})");

    private static string Choose(string choice) =>
        $$"""fetch('/_choices/choice', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"choice":"{{choice}}"}' }).then(answer => answer.status)""";

    private static async Task DecideAsync(ITab tab, string url, string choice)
    {
        await tab.GotoAsync(url + "bare");
        await tab.EvaluateAsync<int>(Choose(choice));
        await tab.LeaveSiteAsync();
        await tab.GotoAsync(url);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html; charset=utf-8";
        return context.Response.WriteAsync(path.EndsWith(".js", StringComparison.Ordinal) ? "oninstall = () => skipWaiting();" : $"<!DOCTYPE html><html lang=en><head><title>t</title><script>{Open}</script></head><body>x</body></html>");
    }

    private async Task RunAsync(string name, Func<ITab, string, Task> test)
    {
        await using var backend = await Support.Backend.StartAsync(AnswerAsync);
        await using var gateway = await TestGateway.StartAsync([Site with { Backend = backend.Url.ToString(), Exclude = ["/bare"] }], now: DateTimeOffset.UtcNow);
        await RunAsync(name, async tab =>
        {
            await test(tab, $"http://localhost:{gateway.Url.Port}/");
            await tab.LeaveSiteAsync();
        });
    }
}
