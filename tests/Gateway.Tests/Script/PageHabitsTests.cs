using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>What pages do by themselves: they put the focus somewhere, have an order of their own for the keyboard, and write addresses.</summary>
public sealed class PageHabitsTests(Browser browser, Firefox firefox)
{
    // By its text, or as what it is; through the shadow.
    private const string Focused = "(node => (node.shadowRoot?.activeElement ?? node).textContent.trim() || node.localName)(document.activeElement)";

    private const string Bars = "[...document.querySelectorAll('site-gateway')].flatMap(one => [...one.shadowRoot.querySelectorAll('.bar')]).filter(one => one.checkVisibility()).length";

    private const string Pins = "[...document.querySelectorAll('site-gateway')].flatMap(one => [...one.shadowRoot.querySelectorAll('.pin')]).filter(one => one.checkVisibility()).length";

    [Fact]
    public Task Its_focus_is_left_alone_in_Chromium() => browser.RunAsync(page => FocusAsync(new ChromiumTab(page)));

    [Fact]
    public Task Its_focus_is_left_alone_in_Firefox() => firefox.RunAsync(FocusAsync);

    [Fact]
    public Task Its_order_is_kept_in_Chromium() => browser.RunAsync(page => OrderAsync(new ChromiumTab(page)));

    [Fact]
    public Task Its_order_is_kept_in_Firefox() => firefox.RunAsync(OrderAsync);

    [Fact]
    public Task Its_addresses_come_and_go_in_Chromium() => browser.RunAsync(page => AddressesAsync(new ChromiumTab(page)));

    [Fact]
    public Task Its_addresses_come_and_go_in_Firefox() => firefox.RunAsync(AddressesAsync);

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
        Assert.Equal("body", await tab.EvaluateAsync<string>("document.activeElement.localName"));
        List<string> order = [];
        while (order.Count < 8)
        {
            await tab.PressAsync("Tab");
            order.Add(await tab.EvaluateAsync<string>(Focused));
        }

        Assert.Equal(["first", "second", "The 2 providers concerned", "Cookies policy", "Accept all", "Refuse all", "Customise", "last"], order);
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
