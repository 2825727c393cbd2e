using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Visitors who use only a keyboard.</summary>
public class KeyboardTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string Focused = $"({Stage.Root}.activeElement?.name || {Stage.Root}.activeElement?.ariaLabel || {Stage.Root}.activeElement?.textContent.trim() || '')";

    private const string State = "document.cookie.match(/(?<=\\.)[01](?=~|$)/g)?.join('')";

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task A_keyboard_user_can_accept_and_withdraw(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Accept all");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("11", await tab.EvaluateAsync<string>(State));
        await TabToAsync(tab, "Manage my cookies");
        await tab.PressAsync("Enter");
        await tab.UntilAsync($"{Stage.Root}.querySelector('dialog')?.open");
        await TabToAsync(tab, "Refuse all");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("00", await tab.EvaluateAsync<string>(State));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task A_keyboard_user_can_refuse_and_sees_a_confirmation(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Refuse all");
        await tab.DecideAsync(() => tab.PressAsync("Space"));
        Assert.True(await tab.EvaluateAsync<bool>($"{Stage.Root}.querySelector('.said').matches('.on')"));
        Assert.Equal("00", await tab.EvaluateAsync<string>(State));
        Assert.Equal("Manage my cookies", await tab.EvaluateAsync<string>(Focused));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task A_keyboard_user_can_allow_one_purpose_and_finds_it_checked_later(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Customise");
        await tab.PressAsync("Space");
        await tab.UntilAsync($"{Stage.Root}.querySelector('dialog')?.open");
        await TabToAsync(tab, "video");
        await tab.PressAsync("Space");
        await TabToAsync(tab, "Save choices");
        await tab.DecideAsync(() => tab.PressAsync("Enter"));
        Assert.Equal("01", await tab.EvaluateAsync<string>(State));
        await TabToAsync(tab, "Manage my cookies");
        await tab.PressAsync("Enter");
        await tab.UntilAsync($"{Stage.Root}.querySelector('dialog')?.open");
        Assert.Equal(["video"], await tab.EvaluateAsync<string[]>($"[...{Stage.Root}.querySelectorAll('input:checked')].map(one => one.name)"));
    });

    [Theory, MemberData(nameof(Names)), Requirement(48)]
    public Task A_keyboard_user_can_withdraw_on_the_settings_page(string name) => RunAsync(name, English, async (tab, site) =>
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
    public Task The_tab_order_starts_with_the_banner_in_visual_order(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ResizeAsync(360, 640);
        await tab.ShowAsync(site, "banner");
        Assert.Equal(["section", "", "no"], await tab.EvaluateAsync<string[]>($"(bar => [bar.localName, {Focused}, bar.ariaModal || 'no'])({Stage.Root}.querySelector('.bar'))"));
        List<string> order = [];
        List<double> heights = [];
        while (await AfterTabAsync<string>(tab, Focused) is { Length: > 0 } one)
        {
            // A banner that scrolls takes the focus itself, so that the keyboard can scroll it.
            if (await tab.EvaluateAsync<bool>($"{Stage.Root}.activeElement.matches('.text')"))
                continue;
            order.Add(one);
            heights.Add(await tab.EvaluateAsync<double>($"{Stage.Root}.activeElement.getBoundingClientRect().y"));
        }

        Assert.Equal(["The 2 providers", "Cookie policy", "Accept all", "Refuse all", "Customise"], order.Select(one => one));
        Assert.Equal(heights.Order(), heights);
        Assert.Equal("Home", await tab.EvaluateAsync<string>("document.activeElement.textContent"));
    });

    [Theory, MemberData(nameof(Names)), Requirement(47)]
    public Task The_focus_stays_in_the_dialog_until_it_is_closed(string name) => RunAsync(name, English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await TabToAsync(tab, "Customise");
        await tab.PressAsync("Enter");
        await tab.UntilAsync($"{Stage.Root}.querySelector('dialog')?.open");
        Assert.Equal("Manage my cookies", await tab.EvaluateAsync<string>($"{Stage.Root}.activeElement.closest('dialog:modal').querySelector('h2').textContent"));
        foreach (var key in new[] { "Tab", "Shift+Tab" })
        {
            HashSet<string> met = [];
            for (var presses = 0; presses < 40; presses++)
            {
                await tab.PressAsync(key);
                // Outside the dialog, only the browser's own interface can take the focus.
                Assert.Equal("dialog", await tab.EvaluateAsync<string>($"{Stage.Root}.activeElement ? {Stage.Root}.activeElement.closest('dialog')?.localName : document.activeElement === document.body ? 'dialog' : 'page'"));
                met.Add(await tab.EvaluateAsync<string>(Focused));
            }

            Assert.Superset(new HashSet<string> { "audience", "statistics", "video", "Cookie policy", "Save choices", "Accept all", "Refuse all", "Close without saving" }, met);
        }

        await tab.PressAsync("Escape");
        await tab.UntilAsync($"!{Stage.Root}.querySelector('dialog')");
        Assert.Equal(("Customise", ""), (await tab.EvaluateAsync<string>(Focused), await tab.JarAsync()));
    });

    [Theory, MemberData(nameof(Names)), Requirement(50)]
    public async Task The_banner_does_not_hide_the_focused_element(string name)
    {
        // Each size needs a new tab: Firefox reports no focus in a tab after the focus has moved from the last link to the browser.
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
                    // At the end of the page, which cannot scroll further, the banner moves only if it would cover the whole element.
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
