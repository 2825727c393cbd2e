using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Pages;

/// <summary>The settings and the policy page on small screens and in print.</summary>
public class SmallScreensAndPrintTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string Wide = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1)";

    [Theory, MemberData(nameof(Names)), Requirement(48, 58)]
    public Task A_table_that_is_too_wide_can_be_scrolled_by_keyboard(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ResizeAsync(360, 640);
        await tab.ShowAsync(site, "policy");
        Assert.Equal(4, await tab.EvaluateAsync<int>($"{Wide}.length"));
        var names = await tab.EvaluateAsync<string[]>($"{Wide}.map(one => one.role + ' ' + document.getElementById(one.getAttribute('aria-labelledby')).textContent)");
        HashSet<string> scrolled = [];
        for (var presses = 0; presses < 14; presses++)
        {
            await tab.PressAsync("Tab");
            if (!await tab.EvaluateAsync<bool>("document.activeElement.matches('.scroll')"))
                continue;
            await tab.PressAsync("ArrowRight");
            await tab.UntilAsync("document.activeElement.scrollLeft > 0");
            scrolled.Add(await tab.EvaluateAsync<string>("document.activeElement.role + ' ' + document.getElementById(document.activeElement.getAttribute('aria-labelledby')).textContent"));
        }

        Assert.Equal(names.Order(), scrolled.Order());
        Assert.All(names, one => Assert.StartsWith("region ", one, StringComparison.Ordinal));
    });

    [Fact, Requirement(58)]
    public Task Printed_pages_have_no_buttons_and_complete_tables_in_dark_on_light() => InChromiumAsync(MeasuredTables.Full("en", "fr"), async (tab, site) =>
    {
        // An A4 sheet with margins, in CSS pixels.
        await tab.ResizeAsync(718, 1000);
        foreach (var view in new[] { "settings", "policy" })
        {
            await tab.Page.EmulateMediaAsync(new() { Media = Media.Screen, ColorScheme = ColorScheme.Dark });
            await tab.ShowAsync(site, view);
            var rows = await tab.EvaluateAsync<int>("document.querySelectorAll('tr, section').length");
            await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal(0, await tab.EvaluateAsync<int>("[...document.querySelectorAll('button, input, nav, nav a')].filter(one => one.checkVisibility()).length"));
            Assert.Equal(rows, await tab.EvaluateAsync<int>("[...document.querySelectorAll('tr, section')].filter(one => one.checkVisibility() && one.getBoundingClientRect().right <= innerWidth).length"));
            Nothing(await tab.EvaluateAsync<string[]>($"{Wide}.map(one => one.textContent)"), view);
            Assert.True(await tab.EvaluateAsync<bool>($"(() => {{ {ShownContrast.Words} return contrast(getComputedStyle(document.body).color, 'rgb(255, 255, 255)') >= 7 && ground(document.body) === 'rgb(255, 255, 255)' }})()"), view);
        }
    });

    [Fact]
    public Task A_printed_page_shows_neither_banner_nor_control() => InChromiumAsync(English, async (tab, site) =>
    {
        foreach (var view in Stage.Drawn)
        {
            await tab.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            await tab.ShowAsync(site, view);
            await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal((view, 0), (view, await tab.EvaluateAsync<int>($"[...{Stage.Root}.querySelectorAll('*')].filter(one => one.checkVisibility()).length")));
        }
    });
}
