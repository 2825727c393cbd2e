using Gateway.Banner;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Banner;

/// <summary>What is in web storage past the guard, as from before the gateway, is gone when the next page's scripts run.</summary>
public sealed class StorageSweepTests(Browser browser)
{
    // Notes what it finds, then writes: on the bare page all of it gets there, "length" too, which no property can be.
    private const string Writer = """
        <script>
          document.seen = [localStorage, sessionStorage].map(one => Array.from(one, (_, i) => one.key(i)).sort().join()).join('|');
          for (const kind of ['localStorage', 'sessionStorage']) {
            window[kind].foo = '1';
            window[kind]['stats-1'] = '1';
            Object.assign(window[kind], { bar: '1', 7: '1' });
            window[kind].setItem('length', '1');
          }
        </script>
        """;

    private const string All = "7,bar,foo,length,stats-1|7,bar,foo,length,stats-1";

    [Fact]
    public Task What_the_table_does_not_allow_is_gone_before_the_scripts_of_the_next_page_run() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        Assert.Equal("|", await SeenAsync(page));

        // Listed as a key of localStorage, and of that alone.
        await AddChoiceAsync(page, server, PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]));
        await page.GotoAsync(server.BareUrl);
        await page.GotoAsync(server.Url);
        Assert.Equal("stats-1|", await SeenAsync(page));
    });

    [Fact]
    public Task A_table_without_storage_keys_allows_none() => RunAsync(Notices.Reference, async (page, server) =>
    {
        await page.GotoAsync(server.Url);

        Assert.Equal("|", await SeenAsync(page));
    });

    [Fact]
    public Task A_choice_removes_it_where_the_page_stays() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        // Ours asked to be called when there is time before this one did.
        await page.EvaluateAsync("() => new Promise(requestIdleCallback)");
        // A frame whose scripts ask for a storage would have it swept as well.
        server.Head = "<title>A frame</title>";
        await new ChromiumTab(page).EvaluateAsync<Tried>(WaysRound.Try(WaysRound.Beyond, patience: 5000));
        Assert.Equal(2, await page.EvaluateAsync<int>("() => window.stays = localStorage.length + sessionStorage.length"));
        await page.Locator("site-gateway .bar").GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
        Assert.Equal(2, await page.EvaluateAsync<int>("() => window.stays"));
    });

    [Theory]
    [InlineData("g1.{today}~statistics.other1.1")]
    [InlineData("g2.{today}~statistics:1")]
    public Task A_choice_made_for_a_newer_table_keeps_all(string choice) => RunAsync(Notices.Full, async (page, server) =>
    {
        await AddChoiceAsync(page, server, choice.Replace("{today}", $"{PageServer.Today}", StringComparison.Ordinal));
        await page.GotoAsync(server.Url);

        Assert.Equal(All, await SeenAsync(page));
    });

    [Fact]
    public Task Observing_keeps_all() => RunAsync(Notices.Full with { Observes = true }, async (page, server) =>
    {
        await page.GotoAsync(server.Url);

        Assert.Equal(All, await SeenAsync(page));
    });

    // What the browser itself has of it, past the page's objects.
    [Fact]
    public Task What_no_script_of_the_page_asks_for_goes_as_well() => RunAsync(Notices.Full, async (page, server) =>
    {
        Assert.Contains("stats-1", await page.Context.StorageStateAsync());
        server.Head = "<title>A page without scripts</title>";
        await page.GotoAsync(server.Url);

        // Some time after the page is there: only a failure takes so long.
        for (var end = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < end && (await page.Context.StorageStateAsync()).Contains("stats-1", StringComparison.Ordinal);)
            await Task.Delay(50);
        Assert.DoesNotContain("stats-1", await page.Context.StorageStateAsync());
    });

    // A page may be told of a storage before it ever asked for one.
    [Fact]
    public Task The_storage_that_an_event_leads_to_is_guarded() => RunAsync(Notices.Full, async (page, server) =>
    {
        server.Head = "<script>addEventListener('storage', event => { event.storageArea.bar = '1'; document.told = event.storageArea === localStorage; })</script>";
        await page.GotoAsync(server.Url);
        server.Head = "<script>localStorage.setItem('foo', Math.random())</script>";
        await (await page.Context.NewPageAsync()).GotoAsync(server.BareUrl);
        await page.WaitForFunctionAsync("() => document.told !== undefined");

        Assert.True(await page.EvaluateAsync<bool>("() => document.told"));
        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('bar')"));
    });

    [Fact]
    public Task A_document_without_an_origin_has_no_storage_and_is_asked_all_the_same() => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        server.Csp = "sandbox allow-scripts";
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(server.Url);

        Assert.True(await page.Locator("site-gateway .bar").IsVisibleAsync());
        Assert.Empty(errors);
    });

    private Task RunAsync(SiteNotice notice, Func<IPage, PageServer, Task> test) => PageServer.RunAsync(browser, notice, async (page, server) =>
    {
        server.Head = Writer;
        await page.GotoAsync(server.BareUrl);
        await test(page, server);
    });

    private static Task<string> SeenAsync(IPage page) => page.EvaluateAsync<string>("() => document.seen");

    private static Task AddChoiceAsync(IPage page, PageServer server, string value) =>
        page.Context.AddCookiesAsync([new() { Name = server.Notice.Rules.Cookie.Name, Value = value, Url = server.Url }]);
}
