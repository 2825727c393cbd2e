using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Commands;

/// <summary><c>gateway preview</c> in a browser.</summary>
public sealed class PreviewInBrowserTests(Browser browser, Firefox firefox, Preview preview) : IClassFixture<Preview>
{
    private const string Frames = "[...document.querySelectorAll('iframe')].map(frame => frame.contentWindow)";

    // For each frame: its width, its colour scheme, and the visible element of the gateway.
    private const string Seen = $$"""
        {{Frames}}.map(win => {
          const root = win.document.querySelector("site-gateway")?.shadowRoot;
          const place = root ? root.querySelector(location.search.includes("dialog") ? "dialog[open]" : ".bar") : win.document.body;
          return [win.innerWidth, win.matchMedia("(prefers-color-scheme: dark)").matches, win.getComputedStyle(place).backgroundColor, place.getBoundingClientRect().height > 100].join(" ");
        })
        """;

    private const string AllThere = $$"""
        document.readyState === "complete" && {{Frames}}.every(win => win.document.readyState === "complete" && win.document.body?.firstElementChild
          && (win.location.pathname !== "/" || win.document.querySelector("site-gateway").shadowRoot.querySelector(location.search.includes("dialog") ? "dialog[open]" : ".bar")))
        """;

    private static readonly string[] Expected =
    [
        "360 false rgb(255, 255, 255) true", "360 true rgb(20, 24, 29) true",
        "1280 false rgb(255, 255, 255) true", "1280 true rgb(20, 24, 29) true",
    ];

    // By default, Playwright emulates the light scheme in every frame.
    private static readonly BrowserNewContextOptions Tall = new() { ColorScheme = ColorScheme.Null, ViewportSize = new() { Width = 1400, Height = 2400 } };

    public static TheoryData<string> Views => ["banner", "dialog", "settings", "policy"];

    public static TheoryData<string, string> Both => new() { { "portal", "en" }, { "all.portal", "ar" } };

    [Theory, MemberData(nameof(Views))]
    public Task Every_view_is_shown_light_and_dark_and_narrow_and_wide_in_Chromium(string view) =>
        browser.RunAsync(page => SeesAsync(new ChromiumTab(page), view), Tall);

    [Theory, MemberData(nameof(Views))]
    public Task Every_view_is_shown_light_and_dark_and_narrow_and_wide_in_Firefox(string view) => firefox.RunAsync(tab => SeesAsync(tab, view));

    [Fact]
    public async Task A_choice_in_the_preview_is_stored_and_can_be_withdrawn_and_deleted()
    {
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(preview.Url + "?lang=fr");
            var wide = page.FrameLocator("iframe >> nth=2");
            await wide.GetByRole(AriaRole.Button, new() { Name = "Tout accepter" }).ClickAsync();
            await Expect(wide.GetByRole(AriaRole.Button, new() { Name = "Gérer mes cookies" })).ToBeVisibleAsync();
            Assert.Contains(".1", await page.ConsentAsync(), StringComparison.Ordinal);

            await page.ReloadAsync();
            await wide.GetByRole(AriaRole.Button, new() { Name = "Gérer mes cookies" }).ClickAsync();
            await wide.GetByRole(AriaRole.Button, new() { Name = "Tout refuser" }).ClickAsync();
            await Expect(wide.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            Assert.DoesNotContain(".1", (await page.ConsentAsync())![3..], StringComparison.Ordinal);

            await page.GotoAsync(preview.Url + "?lang=fr&show=settings");
            var settings = page.FrameLocator("iframe >> nth=0");
            await settings.GetByRole(AriaRole.Button, new() { Name = "Tout accepter" }).ClickAsync();
            await Expect(settings.GetByRole(AriaRole.Heading, new() { Name = "Français" })).ToBeVisibleAsync();
            Assert.Contains(".1", await page.ConsentAsync(), StringComparison.Ordinal);

            await page.Button("Forget it, so that the banner asks again").ClickAsync();
            await page.GotoAsync(preview.Url + "?lang=fr");
            await Expect(wide.GetByRole(AriaRole.Button, new() { Name = "Tout accepter" })).ToBeVisibleAsync();
            Assert.Null(await page.ConsentAsync());
        }, Tall);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_page_of_the_preview_outside_of_a_frame_has_one_banner(string site, string language)
    {
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"http://{site}.localhost:{preview.Port}/?page={language}#dialog");
            await Expect(page.Choices()).ToBeVisibleAsync();
            Assert.Equal(1, await page.Locator("site-gateway").CountAsync());
        });
    }

    private async Task SeesAsync(ITab tab, string view)
    {
        await tab.ResizeAsync(1400, 900);
        await tab.GotoAsync($"{preview.Url}?lang=en&show={view}");
        await tab.UntilAsync(AllThere);
        Assert.Equal(Expected, await tab.EvaluateAsync<string[]>(Seen));
    }
}
