using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>Pages that write themselves anew, as single-page applications do, keep the banner and the way back.</summary>
public sealed class RewrittenPagesTests(Browser browser, Firefox firefox)
{
    private const string Bar = "site-gateway .bar";
    private const string Written = "<!DOCTYPE html><html lang=en><head><title>new</title></head><body><h1>New</h1><form><input name=q></form></body></html>";

    public static TheoryData<string, string> Ways => new()
    {
        { "body", "const body = document.createElement('body'); body.append('New'); document.body = body" },
        { "body's markup", "document.body.innerHTML = '<h1>New</h1>'" },
        { "body replaced", "document.body.replaceWith(document.createElement('body'))" },
        { "root's markup", "document.documentElement.innerHTML = '<head><title>new</title></head><body><h1>New</h1></body>'" },
        { "root's children", "document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body'))" },
        { "root", "const root = document.createElement('html'); root.append(document.createElement('head'), document.createElement('body')); document.documentElement.remove(); document.append(root)" },
        { "root, twice", "for (const i of [1, 2]) { const root = document.createElement('html'); root.append(document.createElement('body')); document.documentElement.replaceWith(root) }" },
        { "written", $"document.open(); document.write('{Written}'); document.close()" },
        { "written late", $"document.open(); setTimeout(() => {{ document.write('{Written}'); setTimeout(() => document.close(), 50) }}, 50)" },
        { "taken away", "document.querySelector('site-gateway').remove()" },
        { "a new address", "history.pushState({}, '', '/next'); document.body.replaceChildren('Next')" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task The_banner_is_there_again_and_works(string way, string script) => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync($"() => {{ {script} }}");
        await Expect(page.Locator(Bar)).ToBeVisibleAsync();
        await Expect(page.Locator("body")).ToHaveCountAsync(1);
        Assert.Equal("SITE-GATEWAY BODY", await page.EvaluateAsync<string>("() => [...document.documentElement.children].map(one => one.tagName).filter(one => one !== 'HEAD').join(' ')"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('site-gateway').matches(':popover-open')"), way);

        await page.Locator(Bar).GetByText("Customise").ClickAsync();
        await Expect(page.Locator("site-gateway dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("site-gateway .pin button")).ToBeVisibleAsync();
        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
        Assert.Single(server.Choices);
        Assert.Equal(1, server.Pages);
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public Task So_is_the_control(string way, string script) => RunAsync(async (page, server) =>
    {
        await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("site-gateway .pin button")).ToBeVisibleAsync();
        await page.EvaluateAsync($"() => {{ {script} }}");
        await page.Locator("site-gateway .pin button").ClickAsync();
        await Expect(page.Locator("site-gateway dialog")).ToBeVisibleAsync();
        Assert.True(server.Pages == 1, way);
    });

    // Another tab decides while this page is written anew: what listened to that is there again.
    [Fact]
    public Task A_page_written_anew_still_learns_of_another_tabs_choice() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync($"() => {{ document.open(); document.write('{Written}'); document.close() }}");
        await Expect(page.Locator(Bar)).ToBeVisibleAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
    });

    // What was typed before is not known any more.
    [Fact]
    public Task A_page_written_anew_is_not_loaded_again_by_itself() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync($"() => {{ document.open(); document.write('{Written}'); document.close() }}");
        await page.Locator(Bar).GetByText("Accept all", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("site-gateway [role=status]").Last).ToContainTextAsync("next page");
        Assert.Equal(1, server.Pages);
    });

    // Each takes away what the other puts back: neither may hang the page.
    [Fact]
    public Task A_page_that_wants_no_banner_goes_on() => RunAsync(async (page, _) =>
    {
        await page.EvaluateAsync("""
            () => {
              window.taken = 0;
              const take = () => document.querySelectorAll('site-gateway').forEach(one => { one.remove(); taken++ });
              new MutationObserver(take).observe(document, { childList: true, subtree: true });
              take();
            }
            """);
        await page.EvaluateAsync("() => new Promise(done => { let n = 0; requestAnimationFrame(function next() { ++n < 20 ? requestAnimationFrame(next) : done() }) })");
        Assert.InRange(await page.EvaluateAsync<int>("() => taken"), 2, 200);
    });

    [Fact]
    public Task In_Firefox_too() => firefox.RunAsync(async tab =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        foreach (var (way, script) in Ways.Select(row => (row.Data.Item1, row.Data.Item2)))
        {
            await tab.GotoAsync(server.Url);
            var labels = await tab.EvaluateAsync<string>($$"""
                (async () => {
                  {{script}};
                  await new Promise(done => setTimeout(done, 300));
                  const shadow = document.querySelector('site-gateway').shadowRoot;
                  shadow.querySelector('.bar .other').click();
                  return document.querySelectorAll('site-gateway').length + shadow.querySelector('dialog h2').textContent;
                })()
                """);
            Assert.Equal((way, "1Manage my cookies"), (way, labels));
        }
    });

    [Fact]
    public Task A_page_one_goes_back_to_learns_of_the_choice() => firefox.RunAsync(GoBackAsync);

    // The tests' Chromium is told to keep no pages for going back; this one is not.
    [Fact]
    public Task In_Chromium_too() => browser.RunAsync(async tests =>
    {
        await using var own = await tests.Context.Browser!.BrowserType.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Find(),
            Args = ["--no-sandbox", "--disable-gpu"],
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });
        await GoBackAsync(new ChromiumTab(await own.NewPageAsync()));
    });

    private static async Task GoBackAsync(ITab tab)
    {
        const string Root = "document.querySelector('site-gateway').shadowRoot";
        await using var server = await PageServer.StartAsync(Notices.Full);
        await tab.GotoAsync(server.Url + "one");
        await tab.EvaluateAsync<bool>("window.isKept = true");
        await tab.GotoAsync(server.Url + "two");
        await tab.EvaluateAsync<int>($"({Root}.querySelectorAll('.bar .choice')[1].click(), 0)");
        await tab.UntilAsync($"!{Root}.querySelector('.bar')");
        await tab.EvaluateAsync<bool>("setTimeout(() => history.back()) > 0");
        await tab.UntilAsync($"location.pathname === '/one' && !{Root}.querySelector('.bar') && {Root}.querySelector('.pin').checkVisibility()");
        Assert.True(await tab.EvaluateAsync<bool>("window.isKept"));
        Assert.Equal(2, server.Pages);

        // With a grant it comes back as it was; where one was given meanwhile it is loaded again, for what it may run now.
        await AcceptAsync("one", 4);
        await tab.EvaluateAsync<bool>("window.isKept = true");
        await tab.GotoAsync(server.Url + "two");
        await BackAsync("one");
        Assert.Equal((true, 5), (await tab.EvaluateAsync<bool>("window.isKept"), server.Pages));
        await tab.ForgetAsync();
        await tab.GotoAsync(server.Url + "three");
        await tab.UntilAsync($"{Root}.querySelector('.bar')");
        await AcceptAsync("four", 8);
        await BackAsync("three");
        await tab.UntilAsync("document.readyState === 'complete'");
        Assert.Equal(9, server.Pages);

        async Task AcceptAsync(string page, int pages)
        {
            await tab.GotoAsync(server.Url + page);
            await tab.UntilAsync($"{Root}.querySelector('.bar, .pin')");
            await tab.EvaluateAsync<int>($"({Root}.querySelector('.bar .other, .pin button').click(), {Root}.querySelector('dialog .choice').click(), 0)");
            await BannerTests.WaitAsync(() => server.Pages == pages);
            await tab.UntilAsync($"document.readyState === 'complete' && !{Root}.querySelector('.bar') && {Root}.querySelector('.pin').checkVisibility()");
        }

        async Task BackAsync(string page)
        {
            await tab.EvaluateAsync<bool>("setTimeout(() => history.back()) > 0");
            await tab.UntilAsync($"location.pathname === '/{page}' && !{Root}.querySelector('.bar') && {Root}.querySelector('.pin').checkVisibility()");
        }
    }

    private Task RunAsync(Func<IPage, PageServer, Task> test) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(server.Url);
        await test(page, server);
        Assert.Empty(errors);
    });
}
