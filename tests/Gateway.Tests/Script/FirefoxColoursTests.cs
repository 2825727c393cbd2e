using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Firefox in dark mode, and with the user's colours instead of the page's. Firefox reads both settings only when it starts.</summary>
public class FirefoxColoursTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Theory, Requirement(18, 52)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public Task In_dark_mode_and_forced_colours_both_buttons_look_alike_and_everything_is_visible(bool isDark, bool isForced) => InFirefoxAsync(
        English,
        async (tab, site) =>
        {
            foreach (var view in Stage.Views)
            {
                await tab.ShowAsync(site, view);
                Assert.Equal([isDark, isForced], await tab.EvaluateAsync<bool[]>("['(prefers-color-scheme: dark)', '(forced-colors: active)'].map(query => matchMedia(query).matches)"));
                Nothing(await ShownContrast.FaintAsync(tab), view);
                if (isForced)
                    Nothing(await ShownContrast.EdgelessAsync(tab), view);
                if (view is "banner" or "dialog" or "settings")
                    Nothing(await tab.EvaluateAsync<string[]>(EqualButtonsTests.Differences(view)), view);
                // The page's background comes from the theme and its link colour from the user, so its violations are not the gateway's.
                Nothing(await Axe.ViolationsAsync(tab, isOursAlone: isForced && Stage.Drawn.Contains(view)), view);
            }
        },
        [
            ("ui.systemUsesDarkTheme", isDark ? "1" : "0"),
            ("browser.display.document_color_use", isForced ? "2" : "0"),
            .. isDark ? [.. Colours("", "#000000", "#FFFFFF", "#FFFF00"), .. Colours(".dark", "#000000", "#FFFFFF", "#FFFF00")] : Colours("", "#FFFFFF", "#000000", "#0000A0"),
        ]);

    // The user's colours, which replace the page's colours when they are forced. Firefox has separate settings for dark mode.
    private static (string, string)[] Colours(string scheme, string ground, string words, string links) =>
    [
        ($"browser.display.background_color{scheme}", $"\"{ground}\""),
        ($"browser.display.foreground_color{scheme}", $"\"{words}\""),
        ($"browser.anchor_color{scheme}", $"\"{links}\""),
        ($"browser.visited_color{scheme}", $"\"{links}\""),
    ];
}
