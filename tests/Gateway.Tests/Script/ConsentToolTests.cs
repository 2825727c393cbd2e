using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>Real consent tools, unmodified, on a site behind the gateway: they show nothing, and do what was decided in our banner.</summary>
public class ConsentToolTests(Browser browser)
{
    // In each frame, at each change of the tree, and by what the browser says it painted.
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
    public Task The_tools_own_banner_is_never_painted_and_ours_is(string package) => RunAsync(package, async (page, site, tool) =>
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

    // What the other tests see is not what the tools do in any case.
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
    public Task A_tool_that_is_not_told_waits_unseen_and_the_page_scrolls(string package) => RunAsync(package, async (page, site, tool) =>
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
    public Task Refusing_in_ours_is_refusing_in_the_tool_on_the_next_page_as_well(string package) => RunAsync(package, async (page, site, tool) =>
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
    public Task Accepting_in_ours_starts_the_tools_services_and_withdrawing_ends_them(string package) => RunAsync(package, async (page, site, tool) =>
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
    public Task One_category_is_its_services_alone(string package) => RunAsync(package, async (page, site, tool) =>
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
    public Task The_tools_cookie_passes_both_ways_and_lives_as_long_as_the_choice(string package) => RunAsync(package, async (page, site, tool) =>
    {
        await page.GotoAsync(site.Url);
        await page.DecideAsync(page.Button("Accept all"));
        await page.GotoAsync(site.Url + "next");
        Assert.Contains($"{tool.Cookie}={(await CookieAsync(page, tool)).Value}", site.CookiesAt("/next"));

        var answer = await site.Gateway.NavigateAsync("/asked-by-the-server");
        Assert.Contains($"{tool.Cookie}=from-the-server; Path=/", answer.Headers.GetValues("Set-Cookie"));

        // The consent cookie's last day may end sooner than the moment of the decision, 182 days on.
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

    /// <summary>The tool, its cookie and its services say the same.</summary>
    private static async Task ExpectAsync(IPage page, ConsentToolSite site, ConsentTool tool, bool counter, bool player)
    {
        foreach (var (service, isOn) in new[] { ("counter", counter), ("player", player) })
        {
            await page.WaitForFunctionAsync($"(service => {{ try {{ return ({tool.Believes}) !== undefined }} catch {{ return false }} }})('{service}')");
            Assert.Equal(isOn, await page.EvaluateAsync<bool>($"service => {tool.Believes}", service));
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
