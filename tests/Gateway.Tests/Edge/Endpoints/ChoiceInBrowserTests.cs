using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>
/// The demo site in a browser: after each choice, cookies (HttpOnly ones are marked with a star) and storage hold exactly what is allowed. On
/// localhost, on a plain-http host without fetch metadata, and over TLS.
/// </summary>
public class ChoiceInBrowserTests(Browser browser)
{
    private const string Refused = "cookies_preferences session*";
    private const string Everything = "_stats ad_pixel cookies_preferences segment* session* visitor_id";

    [Theory]
    [InlineData(DemoVisit.Localhost, true)]
    [InlineData(DemoVisit.PlainHttp, false)]
    [InlineData(DemoVisit.Tls, true)]
    public async Task The_first_visit_shows_the_banner_and_stores_only_what_is_necessary(string origin, bool withFetchMetadata)
    {
        await using var demo = await DemoVisit.StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                var answer = await page.GotoAsync(demo.Url);
                await Expect(page.Banner()).ToBeVisibleAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome to the town library" })).ToBeVisibleAsync();
                Assert.Equal("session*", await page.JarAsync());
                Assert.Equal("", await page.KeysAsync());
                Assert.Equal(withFetchMetadata, (await answer!.Request.AllHeadersAsync()).ContainsKey("sec-fetch-dest"));
            },
            Visiting.AnyCertificate);
    }

    [Theory]
    [InlineData(DemoVisit.Localhost)]
    [InlineData(DemoVisit.PlainHttp)]
    [InlineData(DemoVisit.Tls)]
    public async Task Refusing_all_leaves_only_what_is_necessary_and_the_choice(string origin)
    {
        await using var demo = await DemoVisit.StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url);
                await page.DecideInPlaceAsync(page.Button("Refuse all"));
                await Expect(page.Banner()).ToHaveCountAsync(0);
                Assert.Equal(Refused, await page.JarAsync());

                await page.GetByRole(AriaRole.Link, new() { Name = "Books" }).ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Books" })).ToBeVisibleAsync();
                await Expect(page.Control()).ToBeVisibleAsync();
                await Expect(page.Banner()).ToHaveCountAsync(0);
                Assert.Equal(Refused, await page.JarAsync());
                Assert.Equal("", await page.KeysAsync());
            },
            Visiting.AnyCertificate);
    }

    [Theory, Requirement(27)]
    [InlineData(DemoVisit.Localhost, false)]
    [InlineData(DemoVisit.PlainHttp, false)]
    [InlineData(DemoVisit.Tls, true)]
    public async Task Accepting_all_lets_listed_names_pass_and_withdrawing_deletes_them(string origin, bool isSecure)
    {
        await using var demo = await DemoVisit.StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url);
                await page.DecideAsync(page.Button("Accept all"));
                await LoadTheLogoAnewAsync(page);
                Assert.Equal(Everything, await page.JarAsync());
                Assert.Equal("last_page", await page.KeysAsync());
                await Expect(page.Banner()).ToHaveCountAsync(0);

                var consent = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "cookies_preferences");
                Assert.Equal((isSecure, SameSiteAttribute.Lax), (consent.Secure, consent.SameSite));
                var life = DateTimeOffset.FromUnixTimeSeconds((long)consent.Expires) - TimeProvider.System.GetUtcNow();
                Assert.InRange(life, TimeSpan.FromDays(181.9), TimeSpan.FromDays(182.1));

                await page.Control().ClickAsync();
                await page.DecideAsync(page.Choices().GetByRole(AriaRole.Button, new() { Name = "Refuse all" }));
                Assert.Equal(Refused, await page.JarAsync());
                Assert.Equal("", await page.KeysAsync());
            },
            Visiting.AnyCertificate);
    }

    [Theory]
    [InlineData(DemoVisit.Localhost)]
    [InlineData(DemoVisit.PlainHttp)]
    [InlineData(DemoVisit.Tls)]
    public async Task A_single_category_can_be_granted(string origin)
    {
        await using var demo = await DemoVisit.StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url);
                await page.Button("Customise").ClickAsync();
                await Expect(page.Box("Statistics")).Not.ToBeCheckedAsync();
                await Expect(page.Box("Advertising")).Not.ToBeCheckedAsync();
                await page.Box("Statistics").CheckAsync();
                await page.DecideAsync(page.Button("Save choices"));
                await LoadTheLogoAnewAsync(page);
                Assert.Equal("_stats cookies_preferences session* visitor_id", await page.JarAsync());
                Assert.Equal("last_page", await page.KeysAsync());

                await page.Control().ClickAsync();
                await Expect(page.Box("Statistics")).ToBeCheckedAsync();
                await Expect(page.Box("Advertising")).Not.ToBeCheckedAsync();
            },
            Visiting.AnyCertificate);
    }

    [Fact]
    public async Task A_withdrawal_takes_effect_at_once_even_if_the_page_is_not_reloaded()
    {
        await using var demo = await DemoVisit.StartAsync(DemoVisit.PlainHttp);
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await page.Control().ClickAsync();
            await page.DecideInPlaceAsync(page.Choices().GetByRole(AriaRole.Button, new() { Name = "Refuse all" }));
            Assert.Equal(Refused, await page.JarAsync());
            Assert.Equal("", await page.KeysAsync());

            await page.EvaluateAsync("document.cookie = '_stats=again'; localStorage.setItem('last_page', '/')");
            Assert.Equal(Refused, await page.JarAsync());
            Assert.Equal("", await page.KeysAsync());
        });
    }

    [Fact, Requirement(22, 23)]
    public async Task Ignoring_the_banner_grants_nothing()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.Button("Customise").ClickAsync();
            await page.Box("Statistics").CheckAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.GetByRole(AriaRole.Link, new() { Name = "Books" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Books" })).ToBeVisibleAsync();
            await Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Equal("session*", await page.JarAsync());
        });
    }

    [Fact, Requirement(41)]
    public async Task Redirects_and_a_log_in_set_only_what_the_table_lists_even_after_accepting()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await LoadTheLogoAnewAsync(page);
            await page.GetByRole(AriaRole.Link, new() { Name = "Opening hours in summer" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Account" }).ClickAsync();
            await page.GetByLabel("Name").FillAsync("Ada");
            await page.Button("Log in").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hello, Ada" })).ToBeVisibleAsync();

            // Without came_from (redirect), logged_in_before (log-in) and promo (script), which the table does not list.
            Assert.Equal(Everything, await page.JarAsync());
        });
    }

    // The browser caches the picture for a minute, so another URL is used.
    private static async Task LoadTheLogoAnewAsync(IPage page) =>
        await page.EvaluateAsync("new Promise(done => { const logo = new Image(); logo.onload = done; logo.src = '/logo.gif?anew'; })");
}
