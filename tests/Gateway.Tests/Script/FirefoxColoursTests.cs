using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Firefox in the dark, and with its user's own colours in the place of the page's; it takes both at its start alone.</summary>
public class FirefoxColoursTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Theory, Requirement(18, 52)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public Task The_twins_are_alike_and_all_is_seen_in_the_dark_and_in_forced_colours(bool isDark, bool isForced) => InFirefoxAsync(
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
                    Nothing(await tab.EvaluateAsync<string[]>(TwinsTests.Differences(view)), view);
                // The page has its ground from the theme and its links from the user here, which is no fault of ours.
                Nothing(await Axe.ViolationsAsync(tab, isOursAlone: isForced && Stage.Drawn.Contains(view)), view);
            }
        },
        [
            ("ui.systemUsesDarkTheme", isDark ? "1" : "0"),
            ("browser.display.document_color_use", isForced ? "2" : "0"),
            .. isDark ? [.. Colours("", "#000000", "#FFFFFF", "#FFFF00"), .. Colours(".dark", "#000000", "#FFFFFF", "#FFFF00")] : Colours("", "#FFFFFF", "#000000", "#0000A0"),
        ]);

    // Its user's own, which take the place of ours where they are forced; it has others for the dark.
    private static (string, string)[] Colours(string scheme, string ground, string words, string links) =>
    [
        ($"browser.display.background_color{scheme}", $"\"{ground}\""),
        ($"browser.display.foreground_color{scheme}", $"\"{words}\""),
        ($"browser.anchor_color{scheme}", $"\"{links}\""),
        ($"browser.visited_color{scheme}", $"\"{links}\""),
    ];
}
