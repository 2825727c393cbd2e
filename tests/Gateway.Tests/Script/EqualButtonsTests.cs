using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The accept and refuse buttons on every layer: their number, their look, and the effect of one press.</summary>
public class EqualButtonsTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly IReadOnlyDictionary<string, string> ButtonPairs = new Dictionary<string, string>
    {
        ["banner"] = $"[...{Stage.Root}.querySelectorAll('.bar .choice')]",
        ["dialog"] = $"[...{Stage.Root}.querySelectorAll('dialog .choice')]",
        ["settings"] = "[...document.querySelectorAll('button[value=accept], button[value=refuse]')]",
    };

    // All computed properties and the size of the box. The position is not part of the look.
    private const string Look = """
        node => { const style = getComputedStyle(node), box = node.getBoundingClientRect();
                  return [node.localName, node.className, `${box.width.toFixed(2)} ${box.height.toFixed(2)}`, ...[...style].map(name => name + ': ' + style.getPropertyValue(name))] }
        """;

    [Theory, MemberData(nameof(Names)), Requirement(17, 19, 21)]
    public Task Each_layer_has_both_buttons_once_side_by_side_and_one_press_decides(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var (view, twins) in ButtonPairs)
        {
            await tab.ShowAsync(site, view);
            Assert.Equal(["Accept all", "Refuse all"], await tab.EvaluateAsync<string[]>($"{twins}.map(one => one.textContent)"));
            Assert.Equal("BUTTON", await tab.EvaluateAsync<string>($"{twins}[0].nextElementSibling === {twins}[1] ? {twins}[1].tagName : 'apart'"));
            foreach (var press in new[] { 0, 1 })
            {
                await tab.ShowAsync(site, view);
                Assert.Equal("", await tab.JarAsync());
                var click = () => tab.PressOnAsync($"{twins}[{press}]");
                if (view == "settings")
                    await click();
                else
                    await tab.DecideAsync(click);
                await tab.UntilAsync("location.search.includes('saved') || location.pathname === '/'");
                Assert.Equal("cookies_preferences", await tab.JarAsync());
            }
        }
    });

    [Theory, MemberData(nameof(Names)), Requirement(18)]
    public Task Both_buttons_look_alike_and_are_visible_without_scrolling_under_hostile_styles(string name) => RunAsync(name, English, async (tab, site) =>
    {
        foreach (var css in HostileStyles.All.Keys.Prepend(""))
        {
            await tab.ResizeAsync(1280, 720);
            await tab.ShowAsync(site, "dialog", query: $"css={css}");
            foreach (var (width, height) in new[] { (320, 256), (375, 667), (1280, 720) })
            {
                await tab.ResizeAsync(width, height);
                Nothing(await tab.EvaluateAsync<string[]>(Differences("dialog", "banner")), css, width);
            }

            await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('dialog').close(), 0)");
            foreach (var (width, height) in new[] { (320, 256), (375, 667), (1280, 720) })
            {
                await tab.ResizeAsync(width, height);
                Assert.Equal((css, width, 2), (css, width, await tab.EvaluateAsync<int>($$"""
                    {{ButtonPairs["banner"]}}.filter(node => {
                        const box = node.getBoundingClientRect(), at = (x, y) => {{Stage.Root}}.elementFromPoint(x, y);
                        return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
                            && at(box.left + 9, box.top + 9) === node && at(box.right - 9, box.bottom - 9) === node;
                    }).length
                    """)));
            }
        }
    });

    [Fact, Requirement(18)]
    public Task Both_buttons_look_alike_in_each_view_on_every_screen_in_light_dark_and_forced_colours() => InChromiumAsync(English, async (tab, site) =>
    {
        foreach (var view in ButtonPairs.Keys)
        {
            await tab.ShowAsync(site, view);
            foreach (var (isDark, isForced) in new[] { (false, false), (true, false), (false, true), (true, true) })
            {
                await tab.EmulateAsync(isDark, isForced);
                foreach (var (width, height) in new[] { (320, 256), (360, 640), (1280, 720) })
                {
                    await tab.ResizeAsync(width, height);
                    Nothing(await tab.EvaluateAsync<string[]>(Differences(view)), view, isDark, isForced, width);
                }
            }
        }
    });

    /// <summary>The differences between the two buttons of each view. A number of buttons other than two is also a difference.</summary>
    internal static string Differences(params IEnumerable<string> views) => $$"""
        [{{string.Join(", ", views.Select(view => $"['{view}', {ButtonPairs[view]}]"))}}].flatMap(([view, all]) => {
            const [one, other] = all.map({{Look}});
            return all.length === 2 ? one.filter((line, i) => line !== other[i]).map(line => `${view} ${line}`) : [`${view} has ${all.length}`];
        })
        """;
}
