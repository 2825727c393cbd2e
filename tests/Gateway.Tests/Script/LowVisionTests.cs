using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Visitors with low vision or limited dexterity, and visitors who need more time.</summary>
public class LowVisionTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Theory, Requirement(52)]
    [InlineData(false)]
    [InlineData(true)]
    public Task Text_has_a_contrast_of_7_to_1_and_edges_have_a_contrast_of_3_to_1(bool isDark) => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.EmulateAsync(isDark, isForced: false);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await ShownContrast.FaintAsync(tab), view);
        }
    });

    [Fact, Requirement(52)]
    public Task In_forced_colours_every_button_has_an_edge() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.EmulateAsync(isDark: false, isForced: true);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await ShownContrast.EdgelessAsync(tab), view);
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(49)]
    public Task The_focus_is_visible_under_hostile_styles(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var css in HostileStyles.All.Keys.Prepend(""))
        {
            foreach (var view in Stage.Drawn)
            {
                await tab.ShowAsync(site, view, query: $"css={css}");
                Nothing(await tab.EvaluateAsync<string[]>($$"""
                    (() => { {{ShownContrast.Words}}
                        return nodes.filter(node => node.matches('a, button, input, summary') && (!root.querySelector('dialog') || node.closest('dialog'))).filter(node => {
                            node.focus({ focusVisible: true });
                            const style = getComputedStyle(node);
                            return root.activeElement !== node || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || contrast(style.outlineColor, ground(up(node))) < 3;
                        }).map(node => node.localName + ' ' + node.textContent);
                    })()
                    """), css, view);
            }
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(51)]
    public Task Targets_have_the_minimum_size(string name) => RunAsync(name, MeasuredTables.Full("en", "fr"), async (tab, site) =>
    {
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            foreach (var (width, height) in new[] { (320, 256), (360, 640), (1280, 720) })
            {
                await tab.ResizeAsync(width, height);
                Nothing(await TargetSizes.TooSmallAsync(tab), view, width);
            }
        }

        await tab.ShowAsync(site, "dialog");
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelectorAll('dialog input, dialog a, dialog summary, .bar .other').forEach(one => (one.closest('label') || one).style.cssText = 'display: block; min-height: 0; height: 43px; padding: 0'), 0)");
        Assert.Equal(3 + 1 + 4 + 4 + 1, (await TargetSizes.TooSmallAsync(tab)).Length);
    });

    [Theory, MemberData(nameof(Names)), Requirement(53)]
    public Task Small_screens_need_no_horizontal_scrolling(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ResizeAsync(320, 256);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await TextFaults.FaultsAsync(tab), view);
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(54)]
    public Task Wider_text_spacing_cuts_off_no_text(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var (width, height) in new[] { (360, 640), (1280, 720) })
        {
            await tab.ResizeAsync(width, height);
            foreach (var view in Stage.Views)
            {
                await tab.ShowAsync(site, view);
                await tab.EvaluateAsync<int>("""
                    (() => {
                        const sheet = new CSSStyleSheet(), root = document.querySelector('site-gateway')?.shadowRoot || document;
                        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
                        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
                        return 0;
                    })()
                    """);
                Nothing(await TextFaults.FaultsAsync(tab), view, width);
                if (view == "banner")
                    Nothing(await Reach.UnreachableAsync(tab), width);
            }
        }
    });

    [Fact, Requirement(22, 56)]
    public Task The_banner_is_unchanged_after_ten_minutes_and_scrolling_sets_no_cookie() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.Page.Clock.InstallAsync();
        await tab.ShowAsync(site, "banner");
        var before = await Looks.ReadAsync(tab);
        await tab.EvaluateAsync<int>("(scrollTo(0, 900), 0)");
        await tab.Page.Clock.FastForwardAsync("10:00");
        Assert.Empty(Looks.Changes(before, await Looks.ReadAsync(tab)));
        Assert.Equal(0, await tab.EvaluateAsync<int>($"{Stage.Root}.getAnimations().length + document.getAnimations().length"));
        await tab.GotoAsync(site.Page(path: "/another"));
        Assert.Equal("", await tab.JarAsync());
    });
}
