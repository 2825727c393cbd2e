using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>The control that reopens the choices: a button in a corner, or an element of the site (opener).</summary>
public sealed class ControlTests(Browser browser)
{
    private const string Control = "site-gateway .pin button";
    private const string Dialog = "site-gateway dialog";

    [Fact]
    public Task The_control_is_no_element_of_the_page_a_labelled_landmark_and_not_announced() => RunAsync(new(), async (page, _) =>
    {
        await Expect(page.Locator(Control)).ToBeVisibleAsync();
        Assert.Equal(["HEAD", "BODY"], await page.EvaluateAsync<string[]>("() => [...document.documentElement.children].map(one => one.tagName)"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Cookies", Exact = true }).GetByRole(AriaRole.Button, new() { Name = "Manage my cookies" })).ToBeVisibleAsync();
        Assert.Equal("", await page.Locator("site-gateway [role=status]").InnerTextAsync());
        Assert.Equal(0, await page.Locator("site-gateway .pin").EvaluateAsync<int>("e => { let n = 0; for (; e; e = e.parentElement) n += e.matches('[aria-live], [role=status], [role=alert]'); return n }"));
    });

    [Theory]
    [InlineData("Left", "12")]
    [InlineData("Right", "1268")]
    public Task The_control_is_in_the_configured_corner(string corner, string edge) => RunAsync(new() { Control = Enum.Parse<ControlCorner>(corner) }, async (page, _) =>
    {
        await page.SetViewportSizeAsync(1280, 800);
        var box = (await page.Locator(Control).BoundingBoxAsync())!;
        Assert.Equal(edge, $"{(corner == "Left" ? box.X : box.X + box.Width)}");
        Assert.Equal(788, box.Y + box.Height);
        Assert.True(box.Height >= 44);
    });

    [Theory]
    [InlineData("Right", "width: 60px; height: 60px; right: 20px; bottom: 20px", 720)]
    [InlineData("Left", "width: 60px; height: 60px; right: 20px; bottom: 20px", 800)]
    [InlineData("Left", "left: 0; right: 0; bottom: 0; height: 90px", 710)]
    [InlineData("Left", "inset: 0; pointer-events: none", 800)]
    public Task The_control_is_above_fixed_elements_of_the_page(string corner, string style, int edge) => RunAsync(
        new() { Control = Enum.Parse<ControlCorner>(corner) },
        async (page, _) =>
        {
            await page.SetViewportSizeAsync(1280, 800);
            await Expect(page.Locator(Control)).ToBeVisibleAsync();
            await EndsAtAsync(page, edge - 12);
        },
        $"<h1>A page</h1><div id=chat style='position: fixed; {style}'><button>Chat</button></div>");

    [Fact]
    public Task The_control_moves_above_stacked_fixed_elements_that_are_added_later() => RunAsync(new() { Control = ControlCorner.Right }, async (page, _) =>
    {
        await page.SetViewportSizeAsync(1280, 800);
        await EndsAtAsync(page, 788);
        await page.EvaluateAsync("() => document.querySelectorAll('template').forEach(one => document.body.append(one.content.cloneNode(true)))");
        await EndsAtAsync(page, 638);
    }, "<template><iframe title=chat style='position: fixed; right: 20px; bottom: 20px; width: 60px; height: 60px; border: 0'></iframe></template>"
        + "<template><button style='position: fixed; right: 40px; bottom: 90px; width: 60px; height: 60px'>Up</button></template>");

    // WCAG 2.2, success criterion 2.4.11.
    [Fact]
    public Task The_control_never_covers_the_focused_element() => RunAsync(new(), async (page, _) =>
    {
        await page.SetViewportSizeAsync(1280, 800);
        await EndsAtAsync(page, 788);
        await page.Locator("#low").FocusAsync();
        var low = (await page.Locator("#low").BoundingBoxAsync())!;
        await EndsAtAsync(page, low.Y - 12);
    }, "<a id=low href=/low style='position: absolute; left: 30px; top: 760px'>low</a>");

    [Fact]
    public Task An_opener_of_the_site_replaces_the_control() => RunAsync(
        new() { Opener = "footer a.cookies, #later" },
        async (page, server) =>
        {
            await Expect(page.Locator(Control)).ToBeHiddenAsync();
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Cookies" })).ToHaveCountAsync(0);
            await page.GetByText("Our cookies").ClickAsync();
            await Expect(page.Locator(Dialog)).ToBeVisibleAsync();
            Assert.Equal(server.Url, page.Url);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(Dialog)).ToHaveCountAsync(0);
            Assert.Equal("Our cookies", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(Dialog)).ToBeVisibleAsync();
        },
        "<footer><a class=cookies href=/elsewhere><b>Our cookies</b></a></footer>");

    [Fact]
    public Task An_opener_added_later_replaces_the_control_until_it_is_removed() => RunAsync(
        new() { Opener = "footer a.cookies, #later" },
        async (page, _) =>
        {
            await Expect(page.Locator(Control)).ToBeVisibleAsync();
            await page.EvaluateAsync("() => { const one = document.createElement('button'); one.id = 'later'; one.textContent = 'Later'; document.querySelector('main').append(one) }");
            await Expect(page.Locator(Control)).ToBeHiddenAsync();
            await page.GetByText("Later").ClickAsync();
            await Expect(page.Locator(Dialog)).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.EvaluateAsync("() => document.querySelector('#later').remove()");
            await Expect(page.Locator(Control)).ToBeVisibleAsync();
        },
        "<main><a class=cookies href=/elsewhere>Not in a footer</a></main>");

    // An invalid selector matches no element.
    [Fact]
    public Task An_invalid_opener_selector_does_not_hide_the_control() => RunAsync(
        new() { Opener = "a:not(" },
        async (page, _) =>
        {
            await page.GetByRole(AriaRole.Link).ClickAsync();
            await page.WaitForURLAsync("**/other");
            await Expect(page.Locator(Control)).ToBeVisibleAsync();
        },
        "<a href=/other>Other</a>");

    [Fact]
    public Task A_site_that_needs_no_choice_shows_a_link_to_the_policy() => PageServer.RunAsync(browser, Notices.Reference, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        var link = page.GetByRole(AriaRole.Region, new() { Name = "Cookies", Exact = true }).GetByRole(AriaRole.Link);
        Assert.Equal(server.Url + "_choices/policy?lang=en", await link.EvaluateAsync<string>("a => a.href"));
        var box = (await link.BoundingBoxAsync())!;
        Assert.InRange(box.Width, 44, 200);
        Assert.InRange(box.Height, 44, 50);
    });

    [Fact]
    public Task The_policy_link_can_be_turned_off() => PageServer.RunAsync(browser, Notices.Reference with { Banner = new() { Control = ControlCorner.None } }, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        Assert.Equal(0, await page.Locator("site-gateway").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("() => !!window[Symbol.for('gateway')]"));
    });

    private Task RunAsync(BannerOptions options, Func<IPage, PageServer, Task> test, string? body = null) =>
        PageServer.RunAsync(browser, Notices.Full with { Banner = options }, async (page, server) =>
        {
            server.Body = body ?? server.Body;
            await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            await page.GotoAsync(server.Url);
            await test(page, server);
            Assert.Empty(errors);
        });

    private static Task EndsAtAsync(IPage page, double edge) =>
        page.WaitForFunctionAsync("edge => Math.abs(document.querySelector('site-gateway').shadowRoot.querySelector('.pin').getBoundingClientRect().bottom - edge) < 1", edge);
}
