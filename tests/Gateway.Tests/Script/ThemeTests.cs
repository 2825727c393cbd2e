using System.Text;
using Gateway.Pages;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;
using Contrast = Gateway.Config.Rules.Contrast;

namespace Gateway.Tests.Script;

/// <summary>The theme, which applies to the banner, the dialog and the gateway's own pages.</summary>
public sealed class ThemeTests(Browser browser)
{
    private const string Look = "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor].join(' on ') }";

    private static readonly BannerTheme Purple = new()
    {
        Light = new() { Text = "#102030", Ground = "#fafaf0", Accent = "#5b1e6b", OnAccent = "#fefefe" },
        Dark = new() { Text = "#f0f0ff", Ground = "#101018", Accent = "#e6b8ff", OnAccent = "#1a0022" },
        Radius = 3,
        Font = "SITE Sans, STYLES, monospace",
    };

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(16, 32, 48) on rgb(250, 250, 240)", "rgb(254, 254, 254) on rgb(91, 30, 107)", "rgb(91, 30, 107) on rgb(250, 250, 240)")]
    [InlineData(ColorScheme.Dark, "rgb(240, 240, 255) on rgb(16, 16, 24)", "rgb(26, 0, 34) on rgb(230, 184, 255)", "rgb(230, 184, 255) on rgb(16, 16, 24)")]
    public Task The_banner_and_the_dialog_have_the_colours_of_the_theme(ColorScheme scheme, string text, string twin, string other) =>
        RunAsync(new() { Theme = Purple }, async page =>
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.EvaluateAsync("() => document.documentElement.style.colorScheme = 'light dark'");
            await page.Locator("site-gateway .bar .other").ClickAsync();
            await page.Locator("site-gateway dialog").WaitForAsync();
            foreach (var part in new[] { ".bar", "dialog" })
            {
                Assert.Equal(text, await page.Locator($"site-gateway {part}").EvaluateAsync<string>(Look));
                Assert.Equal([twin, twin], await LooksAsync(page, $"site-gateway {part} .choice"));
                Assert.Equal(part == "dialog" ? [twin] : [other], await LooksAsync(page, $"site-gateway {part} :is(.other, .save)"));
                Assert.Equal(("3px", "\"SITE Sans\", STYLES, monospace"), await ShapeAsync(page, $"site-gateway {part} .choice"));
            }
        });

    // A page that is always light has a light banner, whatever the visitor prefers.
    [Theory]
    [InlineData(ColorScheme.Dark, "normal", false)]
    [InlineData(ColorScheme.Dark, "light", false)]
    [InlineData(ColorScheme.Dark, "light dark", true)]
    [InlineData(ColorScheme.Light, "light dark", false)]
    [InlineData(ColorScheme.Light, "dark", true)]
    public Task The_banner_has_the_colour_scheme_of_the_page(ColorScheme preferred, string page, bool isDark) => RunAsync(new() { Theme = Purple }, async tab =>
    {
        await tab.EmulateMediaAsync(new() { ColorScheme = preferred });
        await tab.EvaluateAsync($"() => document.documentElement.style.colorScheme = '{page}'");
        Assert.Equal(
            isDark ? "rgb(240, 240, 255) on rgb(16, 16, 24)" : "rgb(16, 32, 48) on rgb(250, 250, 240)",
            await tab.Locator("site-gateway .bar").EvaluateAsync<string>(Look));
    });

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(16, 32, 48) on rgb(250, 250, 240)", "rgb(254, 254, 254) on rgb(91, 30, 107)")]
    [InlineData(ColorScheme.Dark, "rgb(240, 240, 255) on rgb(16, 16, 24)", "rgb(26, 0, 34) on rgb(230, 184, 255)")]
    public Task The_gateways_own_pages_have_the_colours_of_the_theme(ColorScheme scheme, string text, string twin) => browser.RunAsync(async page =>
    {
        var notice = Notices.Full with { Banner = new() { Theme = Purple } };
        var styles = Encoding.UTF8.GetString(PageShell.StylesOf(notice).Bytes);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetContentAsync(SettingsPage.Render(notice, Notices.State(notice), "en", null));
        await page.AddStyleTagAsync(new() { Content = styles });
        Assert.Equal(text, await page.Locator("body").EvaluateAsync<string>(Look));
        Assert.Equal([twin, twin], await LooksAsync(page, ".choice"));
        Assert.Equal(("3px", "\"SITE Sans\", STYLES, monospace"), await ShapeAsync(page, ".choice"));

        await page.SetContentAsync(PolicyPage.Render(notice, "en"));
        await page.AddStyleTagAsync(new() { Content = styles });
        Assert.Equal(text, await page.Locator("body").EvaluateAsync<string>(Look));
    });

    [Fact]
    public void In_the_default_theme_every_contrast_is_at_least_7()
    {
        foreach (var palette in new Palette[] { new LightPalette(), new DarkPalette() })
        {
            Assert.InRange(Contrast.Between(palette.Text, palette.Ground), 7, 21);
            Assert.InRange(Contrast.Between(palette.Accent, palette.Ground), 7, 21);
            Assert.InRange(Contrast.Between(palette.OnAccent, palette.Accent), 7, 21);
        }
    }

    // Examples from WCAG.
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#ffffff", "#ffffff", 1)]
    [InlineData("#777777", "#ffffff", 4.478)]
    [InlineData("#ffffff", "#0000FF", 8.592)]
    public void Contrast_is_calculated_as_in_WCAG(string one, string other, double contrast)
    {
        Assert.Equal(contrast, Contrast.Between(one, other), 0.001);
        Assert.Equal(contrast, Contrast.Between(other, one), 0.001);
    }

    [Fact]
    public Task In_forced_colours_every_part_has_an_edge_and_both_buttons_look_alike() => RunAsync(new(), async page =>
    {
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.Locator("site-gateway .bar .other").ClickAsync();
        await page.Locator("site-gateway dialog").WaitForAsync();
        foreach (var part in new[] { ".bar", "dialog", ".bar button", "dialog button" })
        {
            foreach (var one in await page.Locator($"site-gateway {part}").AllAsync())
                Assert.Matches(@"^[12]px solid rgb\(", await one.EvaluateAsync<string>("e => { const s = getComputedStyle(e); return [s.borderBottomWidth, s.borderBottomStyle, s.borderBottomColor].join(' ') }"));
        }

        var twins = await LooksAsync(page, "site-gateway .choice");
        Assert.Equal(4, twins.Length);
        Assert.Single(twins.Distinct());
    });

    [Fact]
    public Task The_banner_is_not_printed() => RunAsync(new(), async page =>
    {
        Assert.True(await page.Locator("site-gateway .bar").IsVisibleAsync());
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.False(await page.Locator("site-gateway .bar").IsVisibleAsync());
    });

    // Printed pages have dark text on white, even if the screen uses dark mode.
    [Fact]
    public Task The_gateways_own_pages_are_printed_in_light_colours() => browser.RunAsync(async page =>
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await page.SetContentAsync(PolicyPage.Render(Notices.Full, "en"));
        await page.AddStyleTagAsync(new() { Content = Encoding.UTF8.GetString(PageShell.StylesOf(Notices.Full).Bytes) });
        Assert.Equal("rgb(26, 31, 38) on rgb(255, 255, 255)", await page.Locator("body").EvaluateAsync<string>(Look));
    });

    private Task RunAsync(BannerOptions options, Func<IPage, Task> test) => PageServer.RunAsync(browser, Notices.Full with { Banner = options }, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        await test(page);
    });

    private static Task<string[]> LooksAsync(IPage page, string selector) =>
        page.Locator(selector).EvaluateAllAsync<string[]>($"all => all.map({Look})");

    private static async Task<(string Radius, string Font)> ShapeAsync(IPage page, string selector)
    {
        var shape = await page.Locator(selector).First.EvaluateAsync<string[]>("e => { const s = getComputedStyle(e); return [s.borderTopLeftRadius, s.fontFamily] }");
        return (shape[0], shape[1]);
    }
}
