using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Storage entries that were written without the guard are removed before the scripts of the next page run.</summary>
public sealed class StorageSweepTests(Browser browser)
{
    // Records the existing keys, then writes. On the bare page every write succeeds, including "length", which cannot be set as a property.
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
    public Task Keys_that_the_table_does_not_allow_are_removed_before_the_scripts_of_the_page_run() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        Assert.Equal("|", await SeenAsync(page));

        // The table lists the key for localStorage only.
        await AddChoiceAsync(page, server, PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]));
        await page.GotoAsync(server.BareUrl);
        await page.GotoAsync(server.Url);
        Assert.Equal("stats-1|", await SeenAsync(page));
    });

    [Fact]
    public Task A_table_without_storage_keys_allows_no_storage_keys() => RunAsync(Notices.Reference, async (page, server) =>
    {
        await page.GotoAsync(server.Url);

        Assert.Equal("|", await SeenAsync(page));
    });

    [Fact]
    public Task A_refusal_removes_storage_keys_without_a_reload() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        // The script registered its idle callback earlier, so its callback runs before this one.
        await page.EvaluateAsync("() => new Promise(requestIdleCallback)");
        // A frame with scripts that access a storage would also start a sweep.
        server.Head = "<title>A frame</title>";
        await new ChromiumTab(page).EvaluateAsync<Tried>(GuardBypasses.Try(GuardBypasses.Beyond, patience: 5000));
        Assert.Equal(2, await page.EvaluateAsync<int>("() => window.stays = localStorage.length + sessionStorage.length"));
        await page.Locator("site-gateway .bar").GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length + sessionStorage.length"));
        Assert.Equal(2, await page.EvaluateAsync<int>("() => window.stays"));
    });

    [Theory]
    [InlineData("g1.{today}~statistics.other1.1")]
    [InlineData("g2.{today}~statistics:1")]
    public Task A_choice_made_for_a_newer_table_keeps_all_storage_keys(string choice) => RunAsync(Notices.Full, async (page, server) =>
    {
        await AddChoiceAsync(page, server, choice.Replace("{today}", $"{PageServer.Today}", StringComparison.Ordinal));
        await page.GotoAsync(server.Url);

        Assert.Equal(All, await SeenAsync(page));
    });

    [Fact]
    public Task In_observe_mode_all_storage_keys_are_kept() => RunAsync(Notices.Full with { IsEnforced = false }, async (page, server) =>
    {
        await page.GotoAsync(server.Url);

        Assert.Equal(All, await SeenAsync(page));
    });

    // Reads the storage from the browser, not through objects of the page.
    [Fact]
    public Task Storage_keys_are_removed_even_if_no_script_of_the_page_accesses_the_storage() => RunAsync(Notices.Full, async (page, server) =>
    {
        Assert.Contains("stats-1", await page.Context.StorageStateAsync());
        server.Head = "<title>A page without scripts</title>";
        await page.GotoAsync(server.Url);

        // The removal happens some time after the page has loaded.
        await Eventually.IsTrueAsync(async () => !(await page.Context.StorageStateAsync()).Contains("stats-1", StringComparison.Ordinal));
    });

    // A storage event can give the page a storage object before the page or the gateway's script has accessed one.
    [Fact]
    public Task The_storage_object_of_a_storage_event_is_swept_and_guarded() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.AddInitScriptAsync("window.requestIdleCallback = () => {}");
        server.Head = "<script>addEventListener('storage', event => { const area = event.storageArea; document.found = area.getItem('stats-1'); area['stats-2'] = '2'; document.kept = area.getItem('stats-2'); document.same = area === localStorage })</script>";
        await page.GotoAsync(server.Url);
        server.Head = "<script>localStorage.setItem('foo', Math.random())</script>";
        await (await page.Context.NewPageAsync()).GotoAsync(server.BareUrl);
        await page.WaitForFunctionAsync("() => document.same !== undefined");

        Assert.Equal("null null true", await page.EvaluateAsync<string>("() => [document.found, document.kept, document.same].map(String).join(' ')"));
    });

    // A page can replace a storage object with its own object.
    [Fact]
    public Task A_withdrawal_removes_keys_from_a_storage_that_the_page_has_replaced() => RunAsync(Notices.Full, async (page, server) =>
    {
        await AddChoiceAsync(page, server, PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]));
        server.Head = "<script>localStorage.setItem('stats-2', 1); for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { value: { key: () => null, length: 0 } })</script>";
        await page.GotoAsync(server.Url);
        Assert.Contains("stats-2", await page.Context.StorageStateAsync());
        await page.Locator("site-gateway .pin button").ClickAsync();
        await page.Locator("site-gateway dialog").GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.DoesNotContain("stats-", await page.Context.StorageStateAsync());
    });

    // Hosts that set document.domain can access each other's storage, but each host has its own table.
    [Fact]
    public Task Keys_in_the_storage_of_another_host_are_kept() => RunAsync(Notices.Full, async (page, server) =>
    {
        server.AllowsDocumentDomain = true;
        server.Head = "<script>document.domain = 'site.test'</script>";
        server.Body = "<script>if (self === top) document.write(`<iframe src='http://other.site.test:${location.port}/bare'></iframe>`); else localStorage.theirs = 1</script>";
        await page.GotoAsync(server.PlainUrl.Replace("site", "www.site", StringComparison.Ordinal));
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");

        Assert.Equal("other.site.test theirs", await page.EvaluateAsync<string>("""
            () => {
              const { contentWindow } = document.querySelector('iframe');
              return contentWindow.location.hostname + ' ' + Object.keys(contentWindow.localStorage);
            }
            """));
    });

    [Fact]
    public Task A_document_without_an_origin_shows_the_banner_without_errors() => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
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

    private static async Task AddChoiceAsync(IPage page, PageServer server, string value)
    {
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = server.Notice.Rules.Cookie.Name, Value = value, Url = server.Url }]);
    }
}
