using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>The banner and the control stay on pages that replace their content, as single-page applications do.</summary>
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
        { "body with a shadow root", "const body = document.createElement('body'); body.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>'; body.append('New'); document.body = body" },
        { "a new address", "history.pushState({}, '', '/next'); document.body.replaceChildren('Next')" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task The_banner_is_restored_and_works_after_the_page_replaces_its_content(string way, string script) => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync($"() => {{ {script} }}");
        await Expect(page.Locator(Bar)).ToBeVisibleAsync();
        await Expect(page.Locator("body")).ToHaveCountAsync(1);
        // Where the body has a shadow root of the page, the element stands before it.
        Assert.Equal(way == "body with a shadow root" ? "SITE-GATEWAY BODY" : "BODY", await page.EvaluateAsync<string>("() => [...document.documentElement.children].map(one => one.tagName).filter(one => one !== 'HEAD').join(' ')"));
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
    public Task The_control_is_restored_and_works_after_the_page_replaces_its_content(string way, string script) => RunAsync(async (page, server) =>
    {
        await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("site-gateway .pin button")).ToBeVisibleAsync();
        await page.EvaluateAsync($"() => {{ {script} }}");
        await page.Locator("site-gateway .pin button").ClickAsync();
        await Expect(page.Locator("site-gateway dialog")).ToBeVisibleAsync();
        Assert.True(server.Pages == 1, way);
    });

    // Rewriting the page removes the event listeners of the script. The script must add them again.
    [Fact]
    public Task A_rewritten_page_still_applies_a_choice_from_another_tab() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync($"() => {{ document.open(); document.write('{Written}'); document.close() }}");
        await Expect(page.Locator(Bar)).ToBeVisibleAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
    });

    // The script no longer knows whether the visitor has typed anything.
    [Fact]
    public Task A_rewritten_page_is_not_reloaded_automatically() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync("() => { document.cookie = '_ga=1' }");
        await page.EvaluateAsync($"() => {{ document.open(); document.write('{Written}'); document.close() }}");
        await page.Locator(Bar).GetByText("Accept all", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("site-gateway [role=status]").Last).ToContainTextAsync("next page");
        Assert.Equal(1, server.Pages);
    });

    // A page whose body has a shadow root sees the banner, and can remove it. The script restores it. This must not block the page.
    [Fact]
    public Task A_page_that_keeps_removing_the_banner_stays_responsive() => RunAsync(async (page, _) =>
    {
        await page.EvaluateAsync("""
            () => {
              window.taken = 0;
              const body = document.createElement('body');
              body.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>';
              document.body = body;
              const take = () => document.querySelectorAll('site-gateway').forEach(one => { one.remove(); taken++ });
              new MutationObserver(take).observe(document, { childList: true, subtree: true });
              take();
            }
            """);
        await page.EvaluateAsync("() => new Promise(done => { let n = 0; requestAnimationFrame(function next() { ++n < 20 ? requestAnimationFrame(next) : done() }) })");
        Assert.InRange(await page.EvaluateAsync<int>("() => taken"), 2, 200);
    });

    [Fact]
    public Task The_banner_is_restored_after_the_page_replaces_its_content_in_Firefox() => firefox.RunAsync(async tab =>
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
                  shadow.querySelector('.bar .other').focus();
                  return `${document.querySelectorAll('site-gateway').length}`;
                })()
                """);
            await tab.PressAsync("Enter");
            await tab.UntilAsync($"{Stage.Root}.querySelector('dialog')?.open");
            labels += await tab.EvaluateAsync<string>($"{Stage.Root}.querySelector('dialog h2').textContent");
            Assert.Equal((way, "1Manage my cookies"), (way, labels));
        }
    });

    [Fact]
    public Task A_page_restored_by_the_back_button_shows_the_current_choice_in_Firefox() => firefox.RunAsync(GoBackAsync);

    // The Chromium of the other tests disables the back/forward cache. This test starts a Chromium that uses it.
    [Fact]
    public Task A_page_restored_by_the_back_button_shows_the_current_choice_in_Chromium() => browser.RunAsync(async tests =>
    {
        await using var own = await tests.Context.Browser!.BrowserType.LaunchAsync(new()
        {
            ExecutablePath = Browser.Installed(Chromium.FindWhole()),
            Args = ["--no-sandbox", "--disable-gpu"],
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });
        var tab = new ChromiumTab(await own.NewPageAsync());
        await tab.AtStartAsync(OpenShadowRoots.Script);
        await GoBackAsync(tab);
    });

    private static async Task GoBackAsync(ITab tab)
    {
        const string Root = "document.querySelector('site-gateway').shadowRoot";
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Head += PageServer.Held;
        await tab.GotoAsync(server.Url + "one");
        await tab.LoadedAsync();
        // Firefox keeps no page that still waits for a database.
        await tab.EvaluateAsync<bool>("new Promise(requestIdleCallback).then(async () => { await indexedDB.databases(); await caches.keys(); await navigator.serviceWorker.getRegistrations(); return true })");
        await tab.EvaluateAsync<bool>("window.isKept = true");
        await tab.GotoAsync(server.Url + "two");
        await tab.PressOnAsync($"{Root}.querySelectorAll('.bar .choice')[1]");
        await tab.UntilAsync($"!{Root}.querySelector('.bar')");
        await tab.EvaluateAsync<bool>("setTimeout(() => history.back()) > 0");
        await tab.UntilAsync($"location.pathname === '/one' && !{Root}.querySelector('.bar') && {Root}.querySelector('.pin').checkVisibility()");
        Assert.True(await tab.EvaluateAsync<bool>("window.isKept"));
        Assert.Equal(2, server.Pages);

        // If the choice has not changed, the page is restored. If consent was given in the meantime, the page is reloaded to run what is now allowed.
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
        await Eventually.IsTrueAsync(() => server.Pages == 9);

        async Task AcceptAsync(string page, int pages)
        {
            await tab.GotoAsync(server.Url + page);
            await tab.UntilAsync($"{Root}.querySelector('.bar, .pin')");
            await tab.OpenDialogAsync();
            await tab.LoadsAsync(() => tab.PressOnAsync($"{Root}.querySelector('dialog .choice')"));
            await tab.UntilAsync($"!{Root}.querySelector('.bar') && {Root}.querySelector('.pin').checkVisibility()");
            await tab.LoadedAsync();
            Assert.Equal(pages, server.Pages);
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
