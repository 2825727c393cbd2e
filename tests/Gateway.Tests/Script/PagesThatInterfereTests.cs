using Gateway.Script;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>Pages whose libraries replace built-ins, listen to everything, hydrate the whole document, or hold what the visitor typed in unusual places.</summary>
public sealed class PagesThatInterfereTests(Browser browser)
{
    private const string Bar = "site-gateway .bar";
    private const string Said = "site-gateway .said.on";

    // Every event that a visitor causes, at every place where a page can listen, in both phases.
    private const string Listen = """
        <script>
          window.heard = [];
          for (const type of ['click', 'auxclick', 'dblclick', 'contextmenu', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend', 'wheel', 'keydown', 'keypress', 'keyup', 'focusin', 'focus', 'input', 'change'])
            for (const target of [window, document, document.documentElement])
              for (const capture of [true, false])
                target.addEventListener(type, event => { heard.push(type); event.preventDefault(); event.stopPropagation() }, { capture, passive: false });
        </script>
        """;

    // What Prototype 1.6 and other old libraries do to built-ins.
    private const string OldLibrary = """
        <script>
          for (const type of [Array, String, Number, Date]) type.prototype.toJSON = function () { return JSON.stringify(String(this)) };
          Object.prototype.toJSON = undefined;
          Array.prototype.map = Array.prototype.filter = Array.prototype.find = Array.prototype.some = Array.prototype.flat = Array.prototype.flatMap = function () { throw new Error('not this one') };
          Array.prototype.entries = Object.entries = Object.keys = function () { throw new Error('nor this one') };
          AbortSignal.timeout = () => 'old';
          window.fetch = () => Promise.reject(new Error('replaced'));
        </script>
        """;

    [Theory]
    [InlineData("accept", """{"choice":"accept","granted":[],"objected":[]}""")]
    [InlineData("refuse", """{"choice":"refuse","granted":[],"objected":[]}""")]
    [InlineData("save", """{"choice":"save","granted":["video"],"objected":["audience"]}""")]
    public Task A_visitor_can_decide_on_a_page_that_has_replaced_built_ins(string choice, string sent) => RunAsync(OldLibrary, async (page, server) =>
    {
        if (choice == "save")
        {
            await page.Locator(Bar).GetByRole(AriaRole.Button, new() { Name = "Customise" }).ClickAsync();
            await page.Locator("site-gateway dialog input[name=video]").CheckAsync();
            await page.Locator("site-gateway dialog input[name=audience]").CheckAsync();
            await page.Locator("site-gateway dialog .save").ClickAsync();
        }
        else
        {
            await page.Locator(Bar).GetByRole(AriaRole.Button, new() { Name = choice == "accept" ? "Accept all" : "Refuse all" }).ClickAsync();
        }

        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
        Assert.Equal([("application/json", sent)], server.Choices);
    });

    [Fact]
    public Task The_page_hears_no_event_of_the_banner_and_of_the_dialog() => RunAsync(Listen, async (page, server) =>
    {
        await page.EvaluateAsync("() => heard.length = 0");
        await page.Locator(Bar).HoverAsync();
        await page.Mouse.WheelAsync(0, 1);
        await page.Locator(Bar).GetByRole(AriaRole.Button, new() { Name = "Customise" }).ClickAsync();
        await page.Locator("site-gateway dialog").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("site-gateway dialog input[name=video]").CheckAsync();
        await page.Locator("site-gateway dialog input[name=video]").UncheckAsync();
        await page.Locator("site-gateway dialog summary").First.ClickAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("site-gateway dialog .save").ClickAsync();
        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
        Assert.Contains("\"granted\":[]", Assert.Single(server.Choices).Body, StringComparison.Ordinal);
        Assert.Empty(await page.EvaluateAsync<string[]>("() => heard.filter(type => type !== 'focus' && type !== 'focusin')"));

        // The same listeners hear what happens in the page.
        await page.Locator("h1").ClickAsync();
        Assert.Contains("click", await page.EvaluateAsync<string[]>("() => heard"));
    });

    // A press that ends on another element is no click, and a script's click is none of the visitor.
    [Fact]
    public Task Only_a_click_of_the_visitor_on_one_button_decides() => RunAsync("", async (page, server) =>
    {
        var accept = (await page.Locator($"{Bar} .choice").First.BoundingBoxAsync())!;
        var heading = (await page.Locator($"{Bar} h2").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(heading.X + 5, heading.Y + 5);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(accept.X + 9, accept.Y + 9);
        await page.Mouse.UpAsync();
        await page.Locator($"{Bar} .choice").First.EvaluateAsync("button => button.click()");
        await page.Locator($"{Bar} .choice").First.EvaluateAsync("button => button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 }))");
        await page.Locator($"{Bar} .choice").Last.ClickAsync();
        await Expect(page.Locator(Bar)).ToHaveCountAsync(0);
        Assert.Contains("refuse", Assert.Single(server.Choices).Body, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("addEventListener('click', event => { event.preventDefault(); document.title = 'taken' }, true)")]
    [InlineData("navigation.addEventListener('navigate', event => event.canIntercept && event.intercept({ handler: async () => { document.title = 'taken' } }))")]
    public Task A_router_of_the_page_does_not_take_the_links_of_the_banner(string router) => RunAsync($"<script>{router}</script>", async (page, server) =>
    {
        await page.Locator($"{Bar} a").Last.ClickAsync();
        await page.WaitForURLAsync(server.Url + "_choices/policy?lang=en");
        Assert.NotEqual("taken", await page.TitleAsync());
    });

    [Theory]
    [InlineData("an editor in a frame", "<iframe id=e></iframe><script>const doc = document.querySelector('#e').contentDocument; doc.open(); doc.write('<body contenteditable>'); doc.close()</script>")]
    [InlineData("a control in a frame", "<iframe id=f srcdoc='<textarea></textarea>'></iframe>")]
    [InlineData("a date picker", "<input id=date onclick=\"this.value = '2026-11-30'\">")]
    [InlineData("a select", "<select id=s><option>a<option>b</select>")]
    [InlineData("a dropped file", "<div id=drop>Drop here</div>")]
    public Task What_was_typed_anywhere_survives_the_choice(string where, string body) => RunAsync("", async (page, server) =>
    {
        switch (where)
        {
            case "an editor in a frame":
                await page.FrameLocator("#e").Locator("body").PressSequentiallyAsync("kept");
                break;
            case "a control in a frame":
                await page.FrameLocator("#f").Locator("textarea").PressSequentiallyAsync("kept");
                break;
            case "a date picker":
                await page.Locator("#date").ClickAsync();
                break;
            case "a select":
                await page.Locator("#s").SelectOptionAsync("b");
                break;
            default:
                await page.Locator("#drop").DispatchEventAsync("drop");
                break;
        }

        await page.Locator($"{Bar} .choice").First.ClickAsync();
        await Expect(page.Locator(Said)).ToContainTextAsync("next page");
        Assert.Equal(1, server.Pages);
    }, body);

    [Fact]
    public Task What_a_script_fills_in_without_the_visitor_does_not_keep_the_page() => RunAsync("", async (page, server) =>
    {
        await page.LoadsAsync(() => page.Locator($"{Bar} .choice").First.ClickAsync());
        Assert.Equal(2, server.Pages);
    }, "<input id=a><script>document.querySelector('#a').value = 'filled in'</script>");

    // React 18 renders the whole document. A node that it does not know makes it throw everything away.
    [Fact]
    public async Task React_hydrates_a_whole_document_with_the_banner_in_it()
    {
        NpmPackages.Need("react");
        NpmPackages.Need("react-dom");
        await RunAsync("", async (page, server) =>
        {
            Assert.Equal("", await page.EvaluateAsync<string>("() => window.errors.join()"));
            Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('#typed') === window.before"));
            await Expect(page.Locator(Bar)).ToBeVisibleAsync();
            Assert.Equal("body", await page.EvaluateAsync<string>("() => document.querySelector('html > :nth-child(2)').localName"));
            Assert.Equal("rgb(1, 2, 3)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).color"));
            Assert.Equal("H1", await page.EvaluateAsync<string>("() => document.body.firstElementChild.tagName"));
            Assert.Null(await page.EvaluateAsync<string?>("() => document.documentElement.innerHTML.includes('site-gateway') ? 'seen' : null"));
        }, page: line => $$"""
            <!DOCTYPE html><html lang="en"><head>{{line}}<title>t</title><style>head + body:last-child { color: rgb(1, 2, 3) }</style></head><body><h1>A page</h1><input id="typed"/></body></html>
            """, after: async page =>
        {
            await page.EvaluateAsync("() => { window.errors = []; window.before = document.querySelector('#typed') }");
            await page.AddScriptTagAsync(new() { Path = NpmPackages.Find("react/umd/react.development.js")! });
            await page.AddScriptTagAsync(new() { Path = NpmPackages.Find("react-dom/umd/react-dom.development.js")! });
            await page.EvaluateAsync("""
                () => new Promise(done => {
                  const { createElement: h } = React;
                  document.head.querySelectorAll('script').forEach(one => one.remove());
                  const tree = h('html', { lang: 'en' },
                    h('head', null, h('title', null, 't'), h('style', { dangerouslySetInnerHTML: { __html: 'head + body:last-child { color: rgb(1, 2, 3) }' } })),
                    h('body', null, h('h1', null, 'A page'), h('input', { id: 'typed' })));
                  ReactDOM.hydrateRoot(document, tree, { onRecoverableError: error => errors.push(error.message) });
                  setTimeout(done, 300);
                })
                """);
        });
    }

    [Fact]
    public Task The_banner_follows_a_language_that_a_script_sets_late() => RunAsync("", async (page, server) =>
    {
        await Expect(page.Locator(Bar)).ToContainTextAsync("Refuse all");
        await page.EvaluateAsync("() => document.documentElement.lang = 'fr'");
        await Expect(page.Locator(Bar)).ToContainTextAsync("Tout refuser");
        Assert.Equal(1, await page.EvaluateAsync<int>("() => document.querySelectorAll('site-gateway').length"));

        // It is no change of the page's content: the choice loads the page again.
        await page.LoadsAsync(() => page.Locator($"{Bar} .choice").First.ClickAsync());
        Assert.Equal(2, server.Pages);
    });

    [Fact]
    public Task Speculation_rules_of_the_page_lead_to_no_other_host() => browser.RunAsync(async page =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full with { ThirdPartyPolicy = "default-src 'self'" });
        server.Head += """
            <script type="speculationrules">{ "prefetch": [{ "urls": ["/next", "https://tracker.example/"] }, { "where": { "selector_matches": ".fast" } }], "prerender": [{ "source": "document" }] }</script>
            <script type="speculationrules">not JSON</script>
            """;
        await page.GotoAsync(server.Url);
        Assert.Equal(
            [
                $$"""{"prefetch":[{"urls":["/next"]},{"where":{"and":[{"href_matches":"{{server.Url}}*"},{"selector_matches":".fast"}]}}],"prerender":[{"source":"document","where":{"and":[{"href_matches":"{{server.Url}}*"},{"href_matches":"/*"}]}}]}""",
                "{}",
            ],
            await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('script[type=speculationrules]')].map(one => one.textContent)"));
    });

    [Theory]
    [InlineData(390, 780)]
    [InlineData(1280, 720)]
    public Task The_end_of_the_page_can_be_reached_while_the_banner_asks(int width, int height) => RunAsync("", async (page, _) =>
    {
        await page.SetViewportSizeAsync(width, height);
        await page.WaitForFunctionAsync("() => document.documentElement.scrollHeight > innerHeight * 2");
        await page.WaitForFunctionAsync("""
            () => {
              scrollTo(0, document.documentElement.scrollHeight);
              const bar = document.querySelector('site-gateway').shadowRoot.querySelector('.bar').getBoundingClientRect();
              return document.querySelector('#imprint').getBoundingClientRect().bottom <= bar.top;
            }
            """);
        await page.Locator("#imprint").ClickAsync();
        await page.WaitForURLAsync("**/imprint");
    }, "<div style='height: 2000px'>Text</div><footer><a id=imprint href=/imprint>Imprint</a></footer>");

    // Safari before 16.4 has no style sheets that scripts can make.
    [Fact]
    public Task A_browser_without_constructable_style_sheets_shows_the_banner_with_its_styles() => browser.RunAsync(async page =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        await page.AddInitScriptAsync("delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets; window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor') }");
        await page.GotoAsync(server.Url);
        await Expect(page.Locator(Bar)).ToBeVisibleAsync();
        Assert.Equal("fixed", await page.Locator("site-gateway .all").EvaluateAsync<string>("all => getComputedStyle(all).position"));
        await page.Locator(Bar).GetByRole(AriaRole.Button, new() { Name = "Customise" }).ClickAsync();
        await Expect(page.Locator("site-gateway dialog")).ToBeVisibleAsync();
        await page.Locator("site-gateway dialog .choice").Last.ClickAsync();
        await Expect(page.Locator("site-gateway .pin button")).ToBeVisibleAsync();
        Assert.Empty(server.Refused);
    });

    [Fact]
    public void Banner_and_control_keep_out_of_notches_and_home_indicators() =>
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(BuiltScript.Read("ui.css"), @"(?<=\.all\{[^}]*)env\(safe-area-inset-"));

    // Each look costs a page with thousands of fixed elements much.
    [Fact]
    public Task Scrolling_over_fixed_elements_is_not_measured_in_each_step() => RunAsync("", async (page, _) =>
    {
        await page.Locator($"{Bar} .choice").Last.ClickAsync();
        await Expect(page.Locator("site-gateway .pin button")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => new Promise(done => requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(done))))");
        await page.EvaluateAsync("() => { window.looks = 0; const find = document.elementsFromPoint; document.elementsFromPoint = (...at) => { looks++; return find.apply(document, at) } }");
        for (var step = 0; step < 20; step++)
            await page.EvaluateAsync("() => new Promise(done => { scrollBy(0, 50); requestAnimationFrame(done) })");
        Assert.InRange(await page.EvaluateAsync<int>("() => looks"), 0, 24);
    }, $"<div style='height: 9000px'>Map</div>{string.Concat(Enumerable.Repeat("<i style='position: fixed; left: 20px; bottom: 20px'>x</i>", 1500))}");

    private Task RunAsync(
        string head, Func<IPage, PageServer, Task> test, string? body = null, Func<string, string>? page = null, Func<IPage, Task>? after = null) => browser.RunAsync(async tab =>
    {
        await using var server = await PageServer.StartAsync(Notices.Full);
        server.Head += head + PageServer.Held;
        server.Body = body ?? server.Body;
        server.Page = page;
        var errors = new List<string>();
        tab.PageError += (_, error) => errors.Add(error);
        await tab.GotoAsync(server.Url);
        if (after is not null)
            await after(tab);
        await Expect(tab.Locator(Bar)).ToBeVisibleAsync();
        await test(tab, server);
        Assert.Empty(errors);
        Assert.Empty(server.Refused);
        await tab.LeaveSiteAsync();
    });
}
