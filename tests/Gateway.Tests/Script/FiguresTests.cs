using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The figures of tests/Gateway.Benchmarks/BANNER.md that do not depend on time, in Chromium and in Firefox.</summary>
public class FiguresTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Theory, MemberData(nameof(Names))]
    public Task The_script_adds_one_request_to_the_first_page_view_and_none_to_later_ones(string name) => RunAsync(name, MeasuredTables.Fifty, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        Assert.Equal([site.Page(path: site.Compiled.Script.Path, query: null)], await Weight.RequestsAsync(tab));
        await tab.ShowAsync(site, "banner", query: "later");
        Assert.Empty(await Weight.RequestsAsync(tab));
        await tab.GotoAsync(site.Page("bare"));
        Assert.Empty(await Weight.RequestsAsync(tab));
    });

    [Theory, MemberData(nameof(Names)), Requirement(60)]
    public Task The_banner_moves_no_element_of_the_page(string name) => RunAsync(name, English, async (tab, site) =>
        Nothing(await Weight.MovedAsync(tab, site)));

    [Fact, Requirement(60)]
    public Task The_page_above_the_banner_is_painted_as_without_the_banner() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        var edge = await tab.EvaluateAsync<float>($"{Stage.Root}.querySelector('.bar').getBoundingClientRect().top");
        // Excludes the area under the banner's shadow.
        var above = new PageScreenshotOptions { Clip = new() { X = 0, Y = 0, Width = 1280, Height = edge - 30 } };
        var painted = await tab.Page.ScreenshotAsync(above);
        await tab.GotoAsync(site.Page("lang=en&bare"));
        Assert.Equal(await tab.Page.ScreenshotAsync(above), painted);
    });

    [Theory, MemberData(nameof(Names)), Requirement(60)]
    public Task No_property_or_box_changes_under_hostile_styles(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var view in Stage.Drawn)
            Nothing(await Looks.UnderHostileStylesAsync(tab, site, view), view);
    });

    [Theory, MemberData(nameof(Names)), Requirement(61)]
    public Task The_script_does_not_violate_a_strict_policy_with_Trusted_Types(string name) => RunAsync(name, English, async (tab, site) =>
        Nothing(await Breaches.UnderStrictPolicyAsync(tab, site)));

    [Theory, MemberData(nameof(Names))]
    public Task No_tracker_data_is_left_after_a_refusal(string name) => RunAsync(name, MeasuredTables.Trackers, async (tab, site) =>
        Assert.Equal("", await Leftovers.AfterRefusalAsync(tab, site)));

    [Theory, MemberData(nameof(Names))]
    public Task No_tracker_data_is_left_after_a_withdrawal(string name) => RunAsync(name, MeasuredTables.Trackers, async (tab, site) =>
        Assert.Equal((Leftovers.Everything, ""), await Leftovers.AfterWithdrawalAsync(tab, site)));

    [Theory, MemberData(nameof(Names)), Requirement(45, 58)]
    public Task Axe_finds_no_violations(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            await AuditAsync(tab, isOursAlone: false, view);
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(60)]
    public Task Axe_finds_no_violations_under_hostile_styles(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var css in HostileStyles.All.Keys)
        {
            foreach (var view in Stage.Drawn)
            {
                await tab.ShowAsync(site, view, query: $"css={css}");
                await AuditAsync(tab, isOursAlone: true, view, css);
            }
        }
    });

    [Theory, Requirement(52)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public Task Axe_finds_no_violations_in_dark_mode_and_forced_colours(bool isDark, bool isForced) => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.EmulateAsync(isDark, isForced);
        foreach (var view in Stage.Views)
        {
            await tab.ShowAsync(site, view);
            Assert.Equal(isDark, await tab.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
            Assert.Equal(isForced, await tab.EvaluateAsync<bool>("matchMedia('(forced-colors: active)').matches"));
            await AuditAsync(tab, isOursAlone: false, view);
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(53)]
    public Task On_small_screens_the_whole_banner_is_reachable_and_covers_about_half_the_screen_at_most(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var (width, height) in new[] { (360, 640), (320, 256) })
        {
            await tab.ResizeAsync(width, height);
            await tab.ShowAsync(site, "banner");
            Assert.InRange(await Reach.ShareAsync(tab), 5, 50.5);
            Nothing(await Reach.UnreachableAsync(tab), width, height);
        }
    });

    // Shows that each measurement can fail.
    [Theory, MemberData(nameof(Names))]
    public Task The_measurements_detect_style_changes_violations_and_unreachable_parts(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "dialog");
        var before = await Looks.ReadAsync(tab);
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('.bar .other').style.color = '#777', {Stage.Root}.querySelector('dialog h2').textContent = '', 0)");
        Assert.NotEmpty(Looks.Changes(before, await Looks.ReadAsync(tab)));
        Assert.NotEmpty(await Axe.ViolationsAsync(tab, isOursAlone: true));
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('dialog .save').ariaLabel = 'Go', 0)");
        Assert.Contains(await Axe.ViolationsAsync(tab, isOursAlone: true), one => one.StartsWith("label-content-name-mismatch", StringComparison.Ordinal));

        // A hidden element, and the host element, which only a style sheet inside the shadow root can change.
        before = await Looks.ReadAsync(tab);
        await tab.EvaluateAsync<int>($"(root => {{ const sheet = new CSSStyleSheet(); sheet.replaceSync(':host {{ order: 7 !important }} .pin {{ order: 7 }}'); root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; return 0 }})({Stage.Root})");
        Assert.Equal(["section.pin", "site-gateway."], Looks.Changes(before, await Looks.ReadAsync(tab)).Select(change => change.Split(' ')[0]).Order());

        await tab.ResizeAsync(320, 256);
        await tab.ShowAsync(site, "banner");
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('.choice').style.marginTop = '300px', 0)");
        Assert.NotEmpty(await Reach.UnreachableAsync(tab));
    });

    private static async Task AuditAsync(ITab tab, bool isOursAlone, params object[] where)
    {
        foreach (var width in new[] { 360, 1280 })
        {
            await tab.ResizeAsync(width, 720);
            Nothing(await Axe.ViolationsAsync(tab, isOursAlone), [.. where, width]);
        }
    }
}
