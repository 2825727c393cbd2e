using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>
/// Global Privacy Control over HTTP and in the script. Firefox sends the signal itself. Chromium needs an extension, which the tests simulate.
/// In the table of these tests, the advertising cookies and one advertising storage key are sold or shared.
/// </summary>
public class SignalInBrowserTests(Browser browser)
{
    private const string Honoured = "Your browser asks not to have your data sold or shared (Global Privacy Control). This is respected here.";

    private const string Write = """
        document.cookie = '_stats=1'; document.cookie = 'ad_pixel=1'; localStorage.setItem('ad_key', '1'); localStorage.setItem('last_page', '1');
        """;

    [Theory]
    [InlineData(DemoVisit.Localhost)]
    [InlineData(DemoVisit.Tls)]
    public async Task Sold_or_shared_categories_stay_off_and_the_visitors_choice_applies_to_the_rest(string origin)
    {
        await using var demo = await StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })");
                await page.GotoAsync(demo.Url);
                await Expect(page.Banner()).ToBeVisibleAsync();
                Assert.Equal("session*", await page.JarAsync());

                await page.DecideAsync(page.Button("Accept all"));
                await page.EvaluateAsync(Write);
                Assert.Equal("_stats cookies_preferences session* visitor_id", await page.JarAsync());
                Assert.Equal("last_page", await page.KeysAsync());
                Assert.Equal("true,false,true", await page.EvaluateAsync<string>("['statistics', 'advertising', 'necessary'].map(consentGateway.granted).join()"));
                Assert.Equal("""{"decided":true,"granted":["necessary","statistics","video"],"objected":false}""", await page.EvaluateAsync<string>("JSON.stringify(consentGateway.state)"));

                await page.Control().ClickAsync();
                await Expect(page.Choices().GetByText(Honoured)).ToBeVisibleAsync();
                await Expect(page.Box("Advertising")).ToBeCheckedAsync();
            },
            new() { IgnoreHTTPSErrors = true, ExtraHTTPHeaders = new Dictionary<string, string> { ["Sec-GPC"] = "1" } });
    }

    [Fact]
    public async Task The_first_page_with_the_signal_removes_sold_or_shared_cookies_and_storage_keys()
    {
        await using var demo = await StartAsync(DemoVisit.Localhost);
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await page.EvaluateAsync(Write + "new Promise(done => { const logo = new Image(); logo.onload = done; logo.src = '/logo.gif?anew'; })");
            Assert.Equal("_stats ad_pixel cookies_preferences segment* session* visitor_id", await page.JarAsync());
            Assert.Equal("ad_key last_page", await page.KeysAsync());
            await page.Control().ClickAsync();
            await Expect(page.Choices()).ToBeVisibleAsync();
            await Expect(page.Choices().GetByText("Global Privacy Control")).ToHaveCountAsync(0);

            await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })");
            await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["Sec-GPC"] = "1" });
            await page.GotoAsync(demo.Url);
            Assert.Equal("_stats cookies_preferences session* visitor_id", await page.JarAsync());
            Assert.Equal("last_page", await page.KeysAsync());
        });
    }

    // A privacy extension can define the property later, and a page can redefine it to hide the signal.
    [Fact]
    public async Task A_page_cannot_revoke_the_signal()
    {
        await using var demo = await StartAsync(DemoVisit.Localhost);
        await browser.RunAsync(async page =>
        {
            await page.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true, configurable: true })");
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await page.EvaluateAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => false })");
            await page.EvaluateAsync(Write);
            Assert.DoesNotContain("ad_pixel", await page.EvaluateAsync<string>("document.cookie"));
            Assert.Equal("last_page", await page.KeysAsync());
        });
    }

    [Fact]
    public async Task The_settings_page_honours_the_signal_without_JavaScript()
    {
        await using var demo = await StartAsync(DemoVisit.Localhost);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url + "_choices/");
                await Expect(page.GetByText(Honoured)).ToBeVisibleAsync();
                await page.Box("Advertising").CheckAsync();
                await page.Box("Statistics").CheckAsync();
                await page.Button("Save choices").ClickAsync();
                await page.GotoAsync(demo.Url);
                await page.GotoAsync(demo.Url);
                Assert.Equal("cookies_preferences session* visitor_id", await page.JarAsync());
            },
            new() { JavaScriptEnabled = false, ExtraHTTPHeaders = new Dictionary<string, string> { ["Sec-GPC"] = "1" } });
    }

    [Fact]
    public async Task The_signal_that_Firefox_sends_is_honoured()
    {
        if (!FirefoxProgram.IsInstalled)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", FirefoxProgram.Absent);
            Assert.Skip(FirefoxProgram.Absent);
        }

        await using var demo = await StartAsync(DemoVisit.Localhost);
        await using var firefox = await FirefoxProgram.StartAsync(("privacy.globalprivacycontrol.enabled", "true"));
        await using var tab = await firefox.OpenAsync();
        await tab.GotoAsync(demo.Url);
        Assert.Equal("true false", await tab.EvaluateAsync<string>("`${navigator.globalPrivacyControl} ${consentGateway.state.decided}`"));
        Assert.True(await tab.EvaluateAsync<bool>("fetch('/_choices/choice', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{\"choice\":\"accept\"}' }).then(answer => answer.ok)"));
        await tab.GotoAsync(demo.Url);
        await tab.EvaluateAsync<object?>($"(() => {{ {Write} }})()");

        Assert.Equal("""{"decided":true,"granted":["necessary","statistics","video"],"objected":false}""", await tab.EvaluateAsync<string>("JSON.stringify(consentGateway.state)"));
        Assert.Equal("_stats cookies_preferences session* visitor_id", await tab.JarAsync());
        Assert.False(await tab.EvaluateAsync<bool>("'ad_key' in localStorage"));
        Assert.True(await tab.EvaluateAsync<bool>($"fetch('/_choices/').then(answer => answer.text()).then(text => text.includes('{Honoured}'))"));
    }

    private static async Task<DemoVisit> StartAsync(string origin)
    {
        var demo = await DemoVisit.StartAsync(origin);
        await demo.Gateway.SwapAsync(site => site with
        {
            Signals = new() { ScriptApi = "consentGateway" },
            Cookies =
            [
                .. site.Cookies.Select(entry => entry with { SaleOrShare = entry.Category == "advertising" }),
                site.Cookies.First(entry => entry.Category == "advertising") with { Kind = EntryKind.LocalStorage, Names = ["ad_key"], SaleOrShare = true },
            ],
        });
        return demo;
    }
}
