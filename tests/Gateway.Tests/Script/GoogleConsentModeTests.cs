using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Google Consent Mode v2, basic: what Google's code would find in <c>dataLayer</c>, and when.</summary>
public sealed class GoogleConsentModeTests(Browser browser)
{
    private const string Denied = "consent default ad_storage=denied ad_user_data=denied ad_personalization=denied analytics_storage=denied "
        + "functionality_storage=denied personalization_storage=denied security_storage=granted";

    private static readonly SiteNotice Notice = Notices.Of(
        [.. Notices.Necessary, Notices.Ga, Notices.VideoCookie with { SaleOrShare = true }]) with
    {
        Signals = new()
        {
            GoogleConsentMode = new() { AdStorage = "video", AdUserData = "video", AnalyticsStorage = "statistics", SecurityStorage = "necessary" },
        },
    };

    // As Google's own snippet is written.
    private const string Snippet = """
        <script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('js', new Date(0)); gtag('config', 'G-1');</script>
        """;

    [Fact]
    public Task Everything_is_denied_by_default_before_any_script_of_the_page() => RunAsync(Snippet, async (page, _) =>
        Assert.Equal([Denied, "js", "config"], await LayerAsync(page)));

    [Fact]
    public Task What_the_visitor_granted_before_is_granted_from_the_start() => RunAsync(Snippet, async (page, server) =>
    {
        await VisitAsync(page, server, "statistics");
        Assert.Equal([Denied.Replace("analytics_storage=denied", "analytics_storage=granted", StringComparison.Ordinal), "js", "config"], await LayerAsync(page));
    });

    [Fact]
    public Task Each_decision_is_one_update() => RunAsync(Snippet, async (page, _) =>
    {
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
        Assert.Equal([Denied, "js", "config", Denied.Replace("default", "update", StringComparison.Ordinal)], await LayerAsync(page));

        await page.EvaluateAsync("() => { dataLayer.push = (...what) => { document.cookie = 'sessionid=' + what.length + what[0][1] + what[0][2].ad_storage + what[0][2].analytics_storage } }");
        await page.Locator("site-gateway .pin button").ClickAsync();
        await page.DecideAsync(page.Locator("site-gateway dialog").GetByText("Accept all"));
        Assert.Contains("sessionid=1updategrantedgranted", await page.EvaluateAsync<string>("() => document.cookie"));
        Assert.StartsWith(Denied.Replace("denied", "granted", StringComparison.Ordinal)[..40], (await LayerAsync(page))[0]);
    });

    [Fact]
    public Task Another_tabs_decision_is_an_update_as_well() => RunAsync("", async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        Assert.Equal([Denied, Denied.Replace("default", "update", StringComparison.Ordinal)], await LayerAsync(page));
    });

    [Theory]
    [InlineData("<script>dataLayer = [{ page: 1 }];</script>")]
    [InlineData("<script>var dataLayer = [{ page: 1 }]; dataLayer = dataLayer;</script>")]
    [InlineData("<script>window.dataLayer = [{ page: 1 }]; window.dataLayer = window.dataLayer || [];</script>")]
    public Task A_list_that_the_page_makes_for_itself_begins_with_the_default_too(string script) => RunAsync(script, async (page, _) =>
        Assert.Equal([Denied, "undefined"], await LayerAsync(page)));

    [Theory]
    [InlineData("dataLayer = null")]
    [InlineData("dataLayer = Object.freeze([])")]
    [InlineData("'use strict'; window.dataLayer = 'x'")]
    [InlineData("let dataLayer = 1")]
    [InlineData("dataLayer.push = () => { throw new Error('theirs') }")]
    public Task Whatever_the_page_puts_there_it_gets_no_error_of_ours(string script) => RunAsync($"<script>{script}</script>", async (page, _) =>
    {
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
    });

    // Google's code tells a command from other objects by its being the arguments of a function.
    [Fact]
    public Task A_command_looks_as_Googles_code_wants_it() => RunAsync("", async (page, _) =>
        Assert.Equal("[object Arguments] 3", await page.EvaluateAsync<string>("() => `${Object.prototype.toString.call(dataLayer[0])} ${dataLayer[0].length}`")));

    [Fact]
    public Task What_is_sold_is_denied_to_a_browser_that_asks_not_to() => RunAsync("", async (page, server) =>
    {
        await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })");
        await VisitAsync(page, server, "statistics", "video");
        Assert.Equal([Denied.Replace("analytics_storage=denied", "analytics_storage=granted", StringComparison.Ordinal)], await LayerAsync(page));
    });

    [Fact]
    public Task No_host_but_the_sites_is_asked_and_no_script_is_added() => RunAsync("", async (page, server) =>
    {
        var hosts = new HashSet<string>();
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Host);
        await page.ReloadAsync();
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
        await VisitAsync(page, server, "statistics", "video");

        Assert.Equal(["localhost"], hosts);
        Assert.Equal(0, await page.Locator("script").CountAsync());
    });

    [Fact]
    public Task Without_it_nothing_is_said_to_Google_and_none_of_it_is_sent() => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        Assert.Equal("undefined undefined undefined", await page.EvaluateAsync<string>("() => `${typeof dataLayer} ${typeof gtag} ${typeof __tcfapi}`"));
        Assert.DoesNotMatch("dataLayer|ad_storage", System.Text.Encoding.ASCII.GetString(server.Script.File.Bytes));
    });

    private Task RunAsync(string head, Func<IPage, PageServer, Task> test) => PageServer.RunAsync(browser, Notice, async (page, server) =>
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        server.Head = head;
        await page.GotoAsync(server.Url);
        await test(page, server);
        Assert.Empty(errors);
    });

    private static async Task VisitAsync(IPage page, PageServer server, params string[] granted)
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, granted), Url = server.Url }]);
        await page.ReloadAsync();
    }

    /// <summary>Each item as command, argument and states; what is no command by its name alone.</summary>
    private static Task<string[]> LayerAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => dataLayer.map(item => item[0] !== 'consent' ? `${item[0]}`
          : [item[0], item[1], ...Object.entries(item[2]).map(pair => pair.join('='))].join(' '))
        """);
}
