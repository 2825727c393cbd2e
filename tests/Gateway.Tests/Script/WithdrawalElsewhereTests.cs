using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>A choice that is made in one window applies at once in all other windows and frames of the site, also while they are visible.</summary>
public sealed class WithdrawalElsewhereTests(Browser browser)
{
    // Counts the beats, so that a test can wait for some of them after the choice.
    private const string Heartbeat = """
        <script>
          window.beats = 0;
          setInterval(() => { document.cookie = '_ga=1; path=/'; localStorage.setItem('stats-1', 'x'); window.beats++ }, 10);
        </script>
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_second_visible_window_stops_asking(bool isPlain) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        var url = isPlain ? server.PlainUrl : server.Url;
        var other = await page.Context.NewPageAsync();
        foreach (var one in new[] { page, other })
        {
            await one.GotoAsync(url);
            await Expect(one.Locator("site-gateway .bar")).ToBeVisibleAsync();
            await one.EvaluateAsync("() => new Promise(requestIdleCallback)");
        }

        await page.Locator("site-gateway .bar").GetByText("Refuse all", new() { Exact = true }).ClickAsync();

        await Expect(other.Locator("site-gateway .bar")).ToHaveCountAsync(0);
        await Expect(other.Locator("site-gateway .pin")).ToBeVisibleAsync();
    });

    // The settings page has no script. After it, the visitor is on a page that has.
    [Fact]
    public Task A_choice_that_no_script_makes_applies_elsewhere_when_the_next_page_loads() => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        await page.EvaluateAsync("() => new Promise(requestIdleCallback)");
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);

        await (await page.Context.NewPageAsync()).GotoAsync(server.Url);

        await Expect(page.Locator("site-gateway .bar")).ToHaveCountAsync(0);
    });

    // Typed text keeps the windows from loading again, so only the guard can stop the heartbeat.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_heartbeat_of_another_window_writes_nothing_after_a_withdrawal(bool isPlain) => RunAsync(isPlain, "", async (page, other) =>
    {
        await WithdrawAsync(page);

        await BeatsOnAsync(other, "window");
        Assert.DoesNotContain("_ga", await page.EvaluateAsync<string>("() => document.cookie"), StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    });

    [Fact]
    public Task The_heartbeat_of_a_frame_that_has_navigated_writes_nothing_after_a_withdrawal() => RunAsync(false, "<iframe src='/one'></iframe>", async (page, _) =>
    {
        await page.EvaluateAsync("() => new Promise(done => { const frame = document.querySelector('iframe'); frame.onload = done; frame.contentWindow.location.href = '/two' })");

        await WithdrawAsync(page);

        await BeatsOnAsync(page, "frames[0]");
        Assert.DoesNotContain("_ga", await page.EvaluateAsync<string>("() => document.cookie"), StringComparison.Ordinal);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    });

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    [InlineData(-1000)]
    [InlineData(1000)]
    public Task The_clock_of_the_browser_does_not_matter(int days) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        await page.StopClockAsync(TimeProvider.System.GetUtcNow().AddDays(days));
        server.Head += PageServer.Held;
        await page.GotoAsync(server.Url);
        await page.LoadsAsync(() => page.Locator("site-gateway .bar").GetByText("Accept all", new() { Exact = true }).ClickAsync());

        await Expect(page.GetByText("Your choices are saved.")).ToBeVisibleAsync();
        await Expect(page.Locator("site-gateway .bar")).ToHaveCountAsync(0);
        Assert.Contains("_ga=1", await page.EvaluateAsync<string>("() => { document.cookie = '_ga=1; max-age=1000'; return document.cookie }"), StringComparison.Ordinal);
    });

    private Task RunAsync(bool isPlain, string body, Func<IPage, IPage, Task> test) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        var url = isPlain ? server.PlainUrl : server.Url;
        server.Head = Heartbeat;
        server.Body += body;
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]), Url = url }]);
        var other = await page.Context.NewPageAsync();
        foreach (var one in new[] { page, other })
        {
            await one.GotoAsync(url);
            await one.Locator("input[name=q]").FillAsync("typed");
            await BeatsOnAsync(one, "window");
        }

        Assert.Contains("_ga", await page.EvaluateAsync<string>("() => document.cookie"), StringComparison.Ordinal);
        await test(page, other);
    });

    private static async Task WithdrawAsync(IPage page)
    {
        await page.Locator("site-gateway .pin button").ClickAsync();
        await page.Locator("site-gateway dialog").GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
    }

    private static Task BeatsOnAsync(IPage page, string window) =>
        page.EvaluateAsync($"async () => {{ const end = {window}.beats + 20; while (!({window}.beats > end)) await new Promise(done => setTimeout(done, 10)) }}");
}
