using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>Visitors on a French page, visitors without a mouse, and visitors who do not answer the banner.</summary>
public class ReachTests(Browser browser)
{
    private const string Focused = "document.querySelector('site-gateway').shadowRoot.activeElement?.textContent";

    [Fact]
    public async Task A_French_page_shows_the_banner_in_French()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.Button("Français").PressAsync("Enter");
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
            await Expect(page.Banner("Cookies : votre choix")).ToContainTextAsync("Statistiques");
            await Expect(page.Banner("Cookies : votre choix")).ToContainTextAsync("Publicité");
            await page.Button("Tout refuser").ClickAsync();
            await Expect(page.Button("Gérer mes cookies")).ToBeVisibleAsync();
            Assert.Equal("cookies_preferences lang session*", await page.JarAsync());
        });
    }

    [Fact]
    public async Task Refusing_with_the_keyboard_takes_only_a_few_key_presses()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await Expect(page.Banner()).ToBeVisibleAsync();
            var strokes = 0;
            for (; strokes < 8 && await page.EvaluateAsync<string?>(Focused) != "Refuse all"; strokes++)
                await page.Keyboard.PressAsync("Tab");
            Assert.InRange(strokes, 1, 6);

            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Banner()).ToHaveCountAsync(0);
            Assert.Equal("cookies_preferences session*", await page.JarAsync());

            // The focus moves to the control that reopens the choices.
            Assert.Equal("Manage my cookies", await page.EvaluateAsync<string?>(Focused));
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Choices()).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Choices()).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task The_page_stays_usable_while_the_banner_is_shown()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url + "account");
            await Expect(page.Banner()).ToBeVisibleAsync();
            await page.GetByLabel("Name").FillAsync("Grace");
            await page.Button("Log in").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hello, Grace" })).ToBeVisibleAsync();
            await Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Equal("session*", await page.JarAsync());
        });
    }
}
