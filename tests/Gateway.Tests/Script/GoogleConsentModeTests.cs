using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Google Consent Mode v2 (basic): the commands that Google's code finds in <c>dataLayer</c>, and their order.</summary>
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

    // Google's own snippet.
    private const string Snippet = """
        <script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('js', new Date(0)); gtag('config', 'G-1');</script>
        """;

    [Fact]
    public Task Everything_is_denied_by_default_before_any_script_of_the_page() => RunAsync(Snippet, async (page, _) =>
        Assert.Equal([Denied, "js", "config"], await LayerAsync(page)));

    [Fact]
    public Task The_default_command_grants_what_the_visitor_granted_before() => RunAsync(Snippet, async (page, server) =>
    {
        await VisitAsync(page, server, "statistics");
        Assert.Equal([Denied.Replace("analytics_storage=denied", "analytics_storage=granted", StringComparison.Ordinal), "js", "config"], await LayerAsync(page));
    });

    // Google's own snippet sets a default too. What was decided must have the last word, on later pages as well.
    [Theory]
    [InlineData("gtag('consent', 'default', { ad_storage: 'denied' })")]
    [InlineData("dataLayer.push(arguments_('consent', 'default', { ad_storage: 'denied' }))")]
    public Task After_a_default_command_of_the_page_an_update_states_the_choice(string command) => RunAsync(
        $"<script>function arguments_() {{ return arguments }}</script>{Snippet}<script>{command}</script>",
        async (page, server) =>
        {
            await VisitAsync(page, server, "statistics");
            var granted = Denied.Replace("analytics_storage=denied", "analytics_storage=granted", StringComparison.Ordinal);
            Assert.Equal(
                [granted, "js", "config", "consent default ad_storage=denied", granted.Replace("default", "update", StringComparison.Ordinal)], await LayerAsync(page));
        });

    [Fact]
    public Task Each_decision_pushes_one_update_command() => RunAsync(Snippet, async (page, _) =>
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
    public Task A_decision_in_another_tab_pushes_an_update_command() => RunAsync("", async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        Assert.Equal([Denied, Denied.Replace("default", "update", StringComparison.Ordinal)], await LayerAsync(page));
    });

    [Theory]
    [InlineData("<script>dataLayer = [{ page: 1 }];</script>")]
    [InlineData("<script>var dataLayer = [{ page: 1 }]; dataLayer = dataLayer;</script>")]
    [InlineData("<script>window.dataLayer = [{ page: 1 }]; window.dataLayer = window.dataLayer || [];</script>")]
    public Task A_dataLayer_array_that_the_page_assigns_starts_with_the_default_command(string script) => RunAsync(script, async (page, _) =>
        Assert.Equal([Denied, "undefined"], await LayerAsync(page)));

    [Theory]
    [InlineData("dataLayer = null")]
    [InlineData("dataLayer = Object.freeze([])")]
    [InlineData("'use strict'; window.dataLayer = 'x'")]
    [InlineData("let dataLayer = 1")]
    [InlineData("dataLayer.push = () => { throw new Error('theirs') }")]
    public Task An_unusual_dataLayer_causes_no_script_error(string script) => RunAsync($"<script>{script}</script>", async (page, _) =>
    {
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
    });

    // Google's code recognises a command by its type: it must be an arguments object.
    [Fact]
    public Task A_command_is_an_arguments_object() => RunAsync("", async (page, _) =>
        Assert.Equal("[object Arguments] 3", await page.EvaluateAsync<string>("() => `${Object.prototype.toString.call(dataLayer[0])} ${dataLayer[0].length}`")));

    [Fact]
    public Task Sold_or_shared_categories_are_denied_under_Global_Privacy_Control() => RunAsync("", async (page, server) =>
    {
        await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })");
        await VisitAsync(page, server, "statistics", "video");
        Assert.Equal([Denied.Replace("analytics_storage=denied", "analytics_storage=granted", StringComparison.Ordinal)], await LayerAsync(page));
    });

    [Fact]
    public Task No_other_host_is_contacted_and_no_script_element_is_added() => RunAsync("", async (page, server) =>
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
    public Task Without_the_option_there_is_no_dataLayer_and_the_script_omits_the_part() => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
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
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, granted), Url = server.Url }]);
        await page.GotoAsync(server.Url);
    }

    /// <summary>Each item as text: command, argument and states. For an item that is not a consent command: only its first element.</summary>
    private static Task<string[]> LayerAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => dataLayer.map(item => item[0] !== 'consent' ? `${item[0]}`
          : [item[0], item[1], ...Object.entries(item[2]).map(pair => pair.join('='))].join(' '))
        """);
}
