using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A visitor who has a keyboard and nothing else.</summary>
public class KeyboardTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string Focused = $"({Stage.Root}.activeElement?.name || {Stage.Root}.activeElement?.textContent.trim() || '')";

    private const string State = "document.cookie.match(/(?<=\\.)[01](?=~|$)/g)?.join('')";

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task Accepts_and_takes_it_back(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Accept all");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("11", await tab.EvaluateAsync<string>(State));
        await TabToAsync(tab, "Manage my cookies");
        await tab.PressAsync("Enter");
        await TabToAsync(tab, "Refuse all");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("00", await tab.EvaluateAsync<string>(State));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task Refuses_and_is_told(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Refuse all");
        await tab.DecideAsync(() => tab.PressAsync("Space"));
        Assert.True(await tab.EvaluateAsync<bool>($"{Stage.Root}.querySelector('.said').matches('.on')"));
        Assert.Equal("00", await tab.EvaluateAsync<string>(State));
        Assert.Equal("Manage my cookies", await tab.EvaluateAsync<string>(Focused));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task Chooses_one_purpose_and_finds_it_ticked_afterwards(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Customise");
        await tab.PressAsync("Space");
        await TabToAsync(tab, "video");
        await tab.PressAsync("Space");
        await TabToAsync(tab, "Save choices");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("01", await tab.EvaluateAsync<string>(State));
        await TabToAsync(tab, "Manage my cookies");
        await tab.PressAsync("Enter");
        Assert.Equal(["video"], await tab.EvaluateAsync<string[]>($"[...{Stage.Root}.querySelectorAll('input:checked')].map(one => one.name)"));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task Withdraws_on_the_settings_page(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await tab.ChooseAsync(accepts: true);
        await tab.GotoAsync(site.Settings("en"));
        for (var presses = 0; await tab.EvaluateAsync<string>("document.activeElement.value || ''") != "refuse"; presses++)
        {
            Assert.InRange(presses, 0, 30);
            await tab.PressAsync("Tab");
        }

        await tab.PressAsync("Enter");
        await tab.UntilAsync($"{State} === '00'");
    });

    [Theory, MemberData(nameof(Names)), Requirement(46)]
    public Task Comes_to_the_banner_first_and_through_it_as_the_eye_does(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ResizeAsync(360, 640);
        await tab.ShowAsync(site, "banner");
        Assert.Equal(["section", "", "no"], await tab.EvaluateAsync<string[]>($"(bar => [bar.localName, {Focused}, bar.ariaModal || 'no'])({Stage.Root}.querySelector('.bar'))"));
        List<string> order = [];
        List<double> heights = [];
        while (await AfterTabAsync<string>(tab, Focused) is { Length: > 0 } one)
        {
            // Where it is longer than its room, the keyboard can scroll it.
            if (await tab.EvaluateAsync<bool>($"{Stage.Root}.activeElement.matches('.bar')"))
                continue;
            order.Add(one);
            heights.Add(await tab.EvaluateAsync<double>($"{Stage.Root}.activeElement.getBoundingClientRect().y"));
        }

        Assert.Equal(["The 2 providers concerned", "Cookies policy", "Accept all", "Refuse all", "Customise"], order.Select(one => one.StartsWith("The 2", StringComparison.Ordinal) ? one[..25] : one));
        Assert.Equal(heights.Order(), heights);
        Assert.Equal("Home", await tab.EvaluateAsync<string>("document.activeElement.textContent"));
    });

    [Theory, MemberData(nameof(Names)), Requirement(47)]
    public Task Stays_in_the_dialog_until_it_is_closed(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Customise");
        await tab.PressAsync("Enter");
        Assert.Equal("Manage my cookies", await tab.EvaluateAsync<string>($"{Stage.Root}.activeElement.closest('dialog:modal').querySelector('h2').textContent"));
        foreach (var key in new[] { "Tab", "Shift+Tab" })
        {
            HashSet<string> met = [];
            for (var presses = 0; presses < 40; presses++)
            {
                await tab.PressAsync(key);
                // Outside of the dialog there is only the browser itself.
                Assert.Equal("dialog", await tab.EvaluateAsync<string>($"{Stage.Root}.activeElement ? {Stage.Root}.activeElement.closest('dialog')?.localName : document.activeElement === document.body ? 'dialog' : 'page'"));
                met.Add(await tab.EvaluateAsync<string>(Focused));
            }

            Assert.Superset(new HashSet<string> { "audience", "statistics", "video", "Cookies policy", "Save choices", "Accept all", "Refuse all", "Close without saving" }, met);
        }

        await tab.PressAsync("Escape");
        await tab.UntilAsync($"!{Stage.Root}.querySelector('dialog')");
        Assert.Equal(("Customise", ""), (await tab.EvaluateAsync<string>(Focused), await tab.JarAsync()));
    });

    [Theory, MemberData(nameof(Names)), Requirement(50)]
    public async Task Sees_what_has_the_focus_above_the_banner(string name)
    {
        // A tab for each: Firefox tells nothing of the focus in one whose last link was left for the browser itself.
        foreach (var (width, height) in new[] { (360, 640), (1280, 720) })
        {
            await RunAsync(name, English, async (tab, site) =>
            {
                await tab.ResizeAsync(width, height);
                await tab.ShowAsync(site, "banner");
                await TabToAsync(tab, "Customise");
                List<string> met = [], hidden = [];
                while (await AfterTabAsync<string>(tab, "document.activeElement.matches('body a') ? document.activeElement.textContent : ''") is { Length: > 0 } link && !met.Contains(link))
                {
                    met.Add(link);
                    // Where the page cannot be scrolled on, the banner steps aside from what it would cover in its whole height.
                    hidden.AddRange(await tab.EvaluateAsync<string[]>($$"""
                        (async () => {
                            for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
                            const bar = {{Stage.Root}}.querySelector('.bar').getBoundingClientRect(), box = document.activeElement.getBoundingClientRect();
                            const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
                            return box.top >= 0 && box.bottom <= innerHeight && (box.bottom <= bar.top + (isAtEnd ? box.height - 1 : 1) || box.top >= bar.bottom - 1)
                                ? [] : [`${document.activeElement.textContent}: ${box.top} to ${box.bottom}, banner ${bar.top} to ${bar.bottom}, window ${innerHeight}`];
                        })()
                        """));
                }

                Assert.Equal(14, met.Count);
                Assert.True(hidden.Count == 0, string.Join("\n", hidden));
            });
        }
    }

    private static async Task<T> AfterTabAsync<T>(ITab tab, string expression)
    {
        await tab.PressAsync("Tab");
        return await tab.EvaluateAsync<T>(expression);
    }

    private static async Task TabToAsync(ITab tab, string what)
    {
        for (var presses = 0; await tab.EvaluateAsync<string>(Focused) != what; presses++)
        {
            Assert.InRange(presses, 0, 30);
            await tab.PressAsync("Tab");
        }
    }
}
