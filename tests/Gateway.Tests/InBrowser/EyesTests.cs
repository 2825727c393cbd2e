using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.InBrowser;

/// <summary>For eyes that see little, hands that are not steady, and people who need time.</summary>
public class EyesTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    // Contrast as WCAG 2.2 has it; the ground is the first colour behind that is not transparent.
    private const string Contrast = """
        const parse = text => text.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(one => one / 255).map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4).reduce((sum, one, i) => sum + one * [.2126, .7152, .0722][i], 0);
        const contrast = (one, other) => { const [a, b] = [light(parse(one)), light(parse(other))].sort((x, y) => y - x); return (a + .05) / (b + .05) };
        const up = node => node.parentNode?.host || node.parentElement;
        const ground = node => { for (; node; node = up(node)) { const colour = getComputedStyle(node).backgroundColor; if ((parse(colour)[3] ?? 1) > 0) return colour } return 'rgb(255, 255, 255)' };
        const root = document.querySelector('site-gateway')?.shadowRoot || document.body;
        const nodes = [...root.querySelectorAll('*')].filter(node => node.checkVisibility() && node.getBoundingClientRect().height > 1);
        """;

    [Theory, Requirement(52)]
    [InlineData(false)]
    [InlineData(true)]
    public Task Words_stand_out_seven_to_one_and_edges_three_to_one(bool isDark) => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.EmulateAsync(isDark, isForced: false);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await tab.EvaluateAsync<string[]>($$"""
                (() => { {{Contrast}}
                    const faint = nodes.filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && contrast(getComputedStyle(node).color, ground(node)) < 7);
                    const edges = nodes.filter(node => node.matches('button:not(.quiet), input') && Math.max(contrast(ground(node), ground(up(node))), contrast(getComputedStyle(node).borderTopColor, ground(up(node)))) < 3);
                    return [...faint, ...edges].map(node => node.localName + '.' + node.className + ' ' + node.textContent.slice(0, 40));
                })()
                """), view);
        }
    });

    [Fact, Requirement(52)]
    public Task In_forced_colours_every_button_has_its_edge() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.EmulateAsync(isDark: false, isForced: true);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await tab.EvaluateAsync<string[]>($$"""
                (() => { {{Contrast}}
                    return nodes.filter(node => node.matches('button') && !(parseFloat(getComputedStyle(node).borderTopWidth) >= 1 && contrast(getComputedStyle(node).borderTopColor, ground(up(node))) >= 3)).map(node => node.textContent);
                })()
                """), view);
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(49)]
    public Task The_focus_is_seen_under_hostile_styles(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var css in HostileStyles.All.Keys.Prepend(""))
        {
            foreach (var view in Stage.Drawn)
            {
                await tab.ShowAsync(site, view, query: $"css={css}");
                Nothing(await tab.EvaluateAsync<string[]>($$"""
                    (() => { {{Contrast}}
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

    [Fact, Requirement(51)]
    public Task Targets_are_large() => InChromiumAsync(English, async (tab, site) =>
    {
        foreach (var width in new[] { 360, 1280 })
        {
            await tab.ResizeAsync(width, 720);
            foreach (var view in Stage.Views)
            {
                await tab.ShowAsync(site, view);
                // Links in running text are exempt (WCAG 2.5.8); those of the policy stand in it.
                Nothing(await tab.EvaluateAsync<string[]>("""
                    (() => {
                        const root = document.querySelector('site-gateway')?.shadowRoot || document.body;
                        return [...root.querySelectorAll('a, button, label, summary')].filter(node => node.checkVisibility() && !node.closest('main p, main li, main td, main dl')
                            && (node.getBoundingClientRect().height < 44 || node.getBoundingClientRect().width < 24)).map(node => `${node.getBoundingClientRect().height} ${node.textContent}`);
                    })()
                    """), view, width);
            }
        }
    });

    [Fact, Requirement(53)]
    public Task On_the_smallest_screens_nothing_is_scrolled_sideways() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ResizeAsync(320, 256);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Nothing(await Legible.FaultsAsync(tab), view);
        }
    });

    [Fact, Requirement(54)]
    public Task Wider_spaces_cut_nothing() => InChromiumAsync(English, async (tab, site) =>
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
                Nothing(await Legible.FaultsAsync(tab), view, width);
                if (view == "banner")
                    Nothing(await Reach.UnreachableAsync(tab), width);
            }
        }
    });

    [Fact, Requirement(22, 56)]
    public Task The_banner_waits_ten_minutes_and_scrolling_writes_nothing() => InChromiumAsync(English, async (tab, site) =>
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
