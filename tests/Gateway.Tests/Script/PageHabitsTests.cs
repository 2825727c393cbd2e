using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Pages that set the focus, define their own tab order, or change the address with the history API.</summary>
public sealed class PageHabitsTests(Browser browser, Firefox firefox)
{
    // The text of the focused element, or its element name if it has no text. Includes elements in the shadow root.
    private const string Focused = $"(node => node.textContent.trim() || node.localName)({Stage.Root}.activeElement ?? document.activeElement)";

    private const string Bars = "[...document.querySelectorAll('site-gateway')].flatMap(one => [...one.shadowRoot.querySelectorAll('.bar')]).filter(one => one.checkVisibility()).length";

    private const string Pins = "[...document.querySelectorAll('site-gateway')].flatMap(one => [...one.shadowRoot.querySelectorAll('.pin')]).filter(one => one.checkVisibility()).length";

    [Fact]
    public Task The_banner_does_not_move_the_focus_of_the_page_in_Chromium() => browser.RunAsync(page => FocusAsync(new ChromiumTab(page)));

    [Fact]
    public Task The_banner_does_not_move_the_focus_of_the_page_in_Firefox() => firefox.RunAsync(FocusAsync);

    [Fact]
    public Task The_banner_keeps_the_tab_order_of_the_page_in_Chromium() => browser.RunAsync(page => OrderAsync(new ChromiumTab(page)));

    [Fact]
    public Task The_banner_keeps_the_tab_order_of_the_page_in_Firefox() => firefox.RunAsync(OrderAsync);

    [Fact]
    public Task The_banner_and_the_control_persist_across_history_navigation_in_Chromium() => browser.RunAsync(page => AddressesAsync(new ChromiumTab(page)));

    [Fact]
    public Task The_banner_and_the_control_persist_across_history_navigation_in_Firefox() => firefox.RunAsync(AddressesAsync);

    private static async Task FocusAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Body = "<h1>Search</h1><form><input name=q autofocus></form>";
        await tab.GotoAsync(server.Url);
        await tab.UntilAsync($"{Bars} === 1 && document.querySelector('site-gateway').matches(':popover-open')");
        await tab.UntilAsync($"{Focused} === 'input'");
        await tab.PressAsync("a", "b");
        Assert.Equal("ab", await tab.EvaluateAsync<string>("document.querySelector('input').value"));
    }

    private static async Task OrderAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Body = "<p><a href=/0>last</a> <a href=/2 tabindex=2>second</a> <button tabindex=1>first</button></p>";
        await tab.GotoAsync(server.Url);
        await tab.UntilAsync($"{Bars} === 1");
        Assert.Equal("body null", await tab.EvaluateAsync<string>($"`${{document.activeElement.localName}} ${{{Stage.Root}.activeElement}}`"));
        List<string> order = [];
        while (order.Count < 8)
        {
            await tab.PressAsync("Tab");
            order.Add(await tab.EvaluateAsync<string>(Focused));
        }

        Assert.Equal(["The 2 providers", "Cookie policy", "Accept all", "Refuse all", "Customise", "first", "second", "last"], order);
    }

    private static async Task AddressesAsync(ITab tab)
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Head = "<script>onpopstate = event => document.body.replaceChildren(`View ${event.state ?? 0}`)</script>";
        await tab.GotoAsync(server.Url);
        await tab.UntilAsync($"{Bars} === 1");
        await tab.EvaluateAsync<int>("[1, 2].forEach(view => history.pushState(view, '', `/view/${view}`)) ?? 0");
        await BackAsync("View 1");
        Assert.Equal((1, 0), (await tab.EvaluateAsync<int>(Bars), await tab.EvaluateAsync<int>(Pins)));

        await tab.ChooseAsync(accepts: false);
        await BackAsync("View 0");
        Assert.Equal((0, 1, 1), (await tab.EvaluateAsync<int>(Bars), await tab.EvaluateAsync<int>(Pins), server.Pages));

        async Task BackAsync(string view)
        {
            await tab.EvaluateAsync<bool>("setTimeout(() => history.back()) > 0");
            await tab.UntilAsync($"document.body.textContent === '{view}'");
        }
    }
}
