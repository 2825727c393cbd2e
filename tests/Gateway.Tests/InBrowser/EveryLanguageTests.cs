using Gateway.Tests.Banner;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.InBrowser;

/// <summary>Every state in every language, narrow and wide: nothing is cut off, nothing is missing, nothing is built another way.</summary>
public class EveryLanguageTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly int[] Widths = [360, 1280];

    // Where all texts are one letter wide or none, the measuring itself would be at fault.
    private const string Shape = $"[...{Stage.Root}.querySelectorAll('.bar *, dialog *')].map(node => node.localName + '.' + node.className).join(' ')";

    public static TheoryData<string> Supported => PhrasesTests.Supported;

    [Theory, MemberData(nameof(Supported)), Requirement(18, 33, 54, 55)]
    public Task Nothing_is_cut_off_or_missing(string language) => InChromiumAsync(MeasuredTables.Full([language, language == "en" ? "fr" : "en"]), async (tab, site) =>
    {
        var other = language == "en" ? "fr" : "en";
        List<string> shapes = [];
        foreach (var shown in new[] { other, language })
        {
            await tab.ShowAsync(site, "dialog", shown);
            shapes.Add(await tab.EvaluateAsync<string>(Shape));
        }

        Assert.Equal(shapes[0], shapes[1]);
        Assert.Equal([language, language == "ar" ? "rtl" : "ltr"], await tab.EvaluateAsync<string[]>($"(all => [all.lang, all.dir])({Stage.Root}.querySelector('.all'))"));
        await CheckAsync(tab, language, "dialog");
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('dialog').close(), 0)");
        await CheckAsync(tab, language, "banner");
        await tab.ChooseAsync(accepts: false);
        await CheckAsync(tab, language, "saved");
        foreach (var page in new[] { site.Settings(language), site.Policy(language) })
        {
            await tab.GotoAsync(page);
            Assert.Equal(language, await tab.EvaluateAsync<string>("document.documentElement.lang"));
            await CheckAsync(tab, language, page);
        }
    });

    [Fact]
    public Task What_is_cut_off_or_missing_is_noticed() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        Assert.Empty(await Legible.FaultsAsync(tab));
        foreach (var (what, fault) in new[] { ("width = '40px'; one.style.flex = 'none'", "cut"), ("fontSize = '0'", "missing"), ("position = 'fixed'; one.style.left = '-90px'", "off") })
        {
            await tab.ShowAsync(site, "banner");
            await tab.EvaluateAsync<int>($"(one => {{ one.style.whiteSpace = 'nowrap'; one.style.{what}; return 0 }})({Stage.Root}.querySelector('.bar .choice'))");
            Assert.Contains(await Legible.FaultsAsync(tab), one => one.StartsWith(fault, StringComparison.Ordinal));
        }
    });

    private static async Task CheckAsync(ChromiumTab tab, string language, string view)
    {
        foreach (var width in Widths)
        {
            await tab.ResizeAsync(width, 720);
            Nothing(await Legible.FaultsAsync(tab), language, view, width);
        }
    }
}
