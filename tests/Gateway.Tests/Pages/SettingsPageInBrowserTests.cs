using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Pages;

/// <summary>The settings page in a browser without JavaScript.</summary>
public class SettingsPageInBrowserTests(Browser browser)
{
    private const string Refused = "cookies_preferences session*";

    [Theory, Requirement(28)]
    [InlineData(DemoVisit.Localhost)]
    [InlineData(DemoVisit.PlainHttp)]
    [InlineData(DemoVisit.Tls)]
    public async Task Visitors_can_refuse_accept_choose_and_withdraw_without_JavaScript(string origin)
    {
        await using var demo = await DemoVisit.StartAsync(origin);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url);
                Assert.Equal("session*", await page.JarAsync());

                await ChooseAsync(page, demo, () => page.Button("Refuse all").ClickAsync());
                Assert.Equal(Refused, await page.JarAsync());

                await ChooseAsync(page, demo, () => page.Button("Accept all").ClickAsync());
                await page.GotoAsync(demo.Url + "logo.gif?anew");
                Assert.Equal("ad_pixel cookies_preferences segment* session* visitor_id", await page.JarAsync());

                await ChooseAsync(page, demo, async () =>
                {
                    await Expect(page.Box("Allow: Statistics")).ToBeCheckedAsync();
                    await Expect(page.Box("Allow: Advertising")).ToBeCheckedAsync();
                    await page.Box("Allow: Advertising").UncheckAsync();
                    await page.Button("Save choices").ClickAsync();
                });
                Assert.Equal("cookies_preferences session* visitor_id", await page.JarAsync());

                await ChooseAsync(page, demo, async () =>
                {
                    await Expect(page.Box("Allow: Statistics")).ToBeCheckedAsync();
                    await Expect(page.Box("Allow: Advertising")).Not.ToBeCheckedAsync();
                    await page.Button("Refuse all").ClickAsync();
                });
                Assert.Equal(Refused, await page.JarAsync());
            },
            Visiting.WithoutScript);
    }

    [Fact, Requirement(22)]
    public async Task No_check_box_is_pre_ticked_in_a_browser()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url + "_choices/");
                await Expect(page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(3);
                await Expect(page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(0);
                Assert.Equal("", await page.JarAsync());
            },
            Visiting.WithoutScript);
    }

    [Fact]
    public async Task The_settings_page_is_French_in_a_browser_that_prefers_French()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(demo.Url + "_choices/");
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
                await page.Box("Statistiques").CheckAsync();
                await page.Button("Enregistrer mes choix").ClickAsync();
                await Expect(page).ToHaveURLAsync(demo.Url);
                Assert.Equal("cookies_preferences session* visitor_id", await page.JarAsync());
            },
            new() { JavaScriptEnabled = false, Locale = "fr-FR" });
    }

    private static async Task ChooseAsync(IPage page, DemoVisit demo, Func<Task> choose)
    {
        await page.GotoAsync(demo.Url + "_choices/?return=%2Fbooks");
        await choose();
        await Expect(page).ToHaveURLAsync(demo.Url + "books");
    }
}
