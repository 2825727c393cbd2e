using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>Unmodified consent tools on a site behind the gateway. They show no banner and apply the choice made in the gateway's banner.</summary>
public class ConsentToolTests(Browser browser)
{
    // Records visible elements of the tool in each animation frame, after each DOM change, and in the browser's paint entries.
    private const string Watch = """
        window.seen = [];
        const isShown = one => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width * one.getBoundingClientRect().height > 0;
        const look = when => document.querySelectorAll("ROOT, ROOT *").forEach(one => isShown(one) && seen.push(when + " " + one.tagName));
        (function frame() { look("frame"); requestAnimationFrame(frame); })();
        new MutationObserver(() => look("change")).observe(document, { childList: true, subtree: true, attributes: true });
        document.addEventListener("DOMContentLoaded", () => look("parsed"));
        window.addEventListener("load", () => look("loaded"));
        new PerformanceObserver(list => list.getEntries().forEach(one => one.element?.closest("ROOT") && seen.push("painted")))
          .observe({ type: "largest-contentful-paint", buffered: true });
        """;

    public static TheoryData<string> Tools => [.. ConsentTool.All.Select(tool => tool.Package)];

    [Theory]
    [MemberData(nameof(Tools))]
    public Task The_tools_banner_is_never_painted_and_the_gateways_banner_is(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await Expect(page.Banner()).ToBeVisibleAsync();
        await ExpectAsync(page, site, tool, counter: false, player: false);
        await page.WaitForTimeoutAsync(1000);
        Assert.Empty(await SeenAsync(page));

        await page.DecideAsync(page.Button("Accept all"));
        await ExpectAsync(page, site, tool, counter: true, player: true);
        Assert.Empty(await SeenAsync(page));
    });

    // Shows that the other tests do not pass because of the tools' default behaviour.
    [Theory]
    [MemberData(nameof(Tools))]
    public Task Without_the_snippet_the_tool_shows_its_banner(string package) => RunAsync(package, async (page, site, _) =>
    {
        await page.GotoAsync(site.Url);
        await page.WaitForFunctionAsync("seen.some(one => one.startsWith('frame'))");
        Assert.Equal(package is "orejime" or "klaro", await ScrollsAsync(page));
    }, site => site with { ExistingBanner = null });

    [Theory]
    [MemberData(nameof(Tools))]
    public Task A_tool_without_an_answer_stays_hidden_and_does_not_lock_scrolling(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.Locator(tool.Root + " button").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForTimeoutAsync(1000);
        Assert.Empty(await SeenAsync(page));
        Assert.Empty(site.Loaded);
        Assert.True(await ScrollsAsync(page));
    }, site => site with { ExistingBanner = site.ExistingBanner! with { Answers = [], Unlock = true } });

    [Theory]
    [MemberData(nameof(Tools))]
    public Task Refusing_in_the_gateways_banner_refuses_in_the_tool_on_this_page_and_the_next(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.DecideInPlaceAsync(page.Button("Refuse all"));
        await ExpectAsync(page, site, tool, counter: false, player: false);
        await page.GotoAsync(site.Url + "next");
        await ExpectAsync(page, site, tool, counter: false, player: false);
        Assert.Empty(site.Loaded);
    });

    [Theory]
    [MemberData(nameof(Tools))]
    public Task Accepting_in_the_gateways_banner_starts_the_tools_services_and_withdrawing_stops_them(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.DecideAsync(page.Button("Accept all"));
        await ExpectAsync(page, site, tool, counter: true, player: true);
        await page.GotoAsync(site.Url + "next");
        await ExpectAsync(page, site, tool, counter: true, player: true);
        Assert.Equal(new[] { "cookies_preferences", "counter", "player", tool.Cookie }.Order(), (await page.JarAsync()).Split(' ').Order());

        await page.Control().ClickAsync();
        await page.DecideAsync(page.Choices().GetByRole(AriaRole.Button, new() { Name = "Refuse all" }));
        await ExpectAsync(page, site, tool, counter: false, player: false);
        Assert.Equal(new[] { "cookies_preferences", tool.Cookie }.Order(), (await page.JarAsync()).Split(' ').Order());
    });

    [Theory]
    [MemberData(nameof(Tools))]
    public Task Allowing_one_category_starts_only_the_services_of_that_category(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.Button("Customise").ClickAsync();
        await page.Choices().GetByRole(AriaRole.Checkbox, new() { Name = "Videos" }).CheckAsync();
        await page.DecideAsync(page.Button("Save choices"));
        await ExpectAsync(page, site, tool, counter: false, player: true);
        Assert.Equal(["/service/player.js"], site.Loaded.Distinct());
    });

    [Theory]
    [MemberData(nameof(Tools))]
    public Task The_tools_cookie_passes_in_both_directions_and_expires_with_the_choice(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.DecideAsync(page.Button("Accept all"));
        await page.GotoAsync(site.Url + "next");
        Assert.Contains($"{tool.Cookie}={(await CookieAsync(page, tool)).Value}", site.CookiesAt("/next"));

        var answer = await site.Gateway.NavigateAsync("/asked-by-the-server");
        Assert.Contains($"{tool.Cookie}=from-the-server; Path=/", answer.Headers.GetValues("Set-Cookie"));

        // The consent cookie stores only the day of the decision, so the two expiry times can differ by up to a day.
        var consent = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "cookies_preferences");
        Assert.InRange(consent.Expires - (await CookieAsync(page, tool)).Expires, -86400, 86400);
    });

    private async Task RunAsync(string package, Func<IPage, ConsentToolSite, ConsentTool, Task> test, Func<SiteConfig, SiteConfig>? change = null)
    {
        var tool = ConsentTool.All.Single(one => one.Package == package);
        await using var site = await ConsentToolSite.StartAsync(tool, change);
        await browser.RunAsync(async page =>
        {
            await page.AddInitScriptAsync(Watch.Replace("ROOT", tool.Root, StringComparison.Ordinal));
            await test(page, site, tool);
        });
    }

    /// <summary>Checks that the tool, its cookie and its services have the expected state.</summary>
    private static async Task ExpectAsync(IPage page, ConsentToolSite site, ConsentTool tool, bool counter, bool player)
    {
        foreach (var (service, isOn) in new[] { ("counter", counter), ("player", player) })
        {
            await page.WaitForFunctionAsync($"(service => {{ try {{ return ({tool.AllowsService}) !== undefined }} catch {{ return false }} }})('{service}')");
            Assert.Equal(isOn, await page.EvaluateAsync<bool>($"service => {tool.AllowsService}", service));
        }

        string[] on = [.. counter ? ["counter"] : Array.Empty<string>(), .. player ? ["player"] : Array.Empty<string>()];
        await page.WaitForFunctionAsync($"(window.ran || []).length >= {on.Length}");
        Assert.Equal(on, (await page.EvaluateAsync<string[]>("window.ran || []")).Order());
        Assert.Equal(on.Length, await page.Locator("script[src^='/service/']").CountAsync());
        Assert.StartsWith(tool.Kept(counter, player), Uri.UnescapeDataString((await CookieAsync(page, tool)).Value));
    }

    private static async Task<BrowserContextCookiesResult> CookieAsync(IPage page, ConsentTool tool) =>
        (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == tool.Cookie);

    private static async Task<bool> ScrollsAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelector('h1').after(Object.assign(document.createElement('div'), { style: 'height: 5000px' }))");
        await page.Mouse.MoveAsync(400, 5);
        await page.Mouse.WheelAsync(0, 300);
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await page.WaitForTimeoutAsync(200);
        return await page.EvaluateAsync<bool>("scrollY > 0");
    }

    private static Task<string[]> SeenAsync(IPage page) => page.EvaluateAsync<string[]>("seen");
}
