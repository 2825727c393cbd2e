using Gateway.Cookies;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>Exempt audience cookies that scripts of the page write. They expire 13 months after the first day. Visits do not extend them.</summary>
public sealed class AudienceGuardTests(Browser browser)
{
    private const int Session = -1;
    private const int Left = 100;

    // Reads the cookie back, because a write alone can reach the browser's cookie list later.
    private const string ByDocument = "value => { document.cookie = '_pk_id=' + value + '; max-age=63072000'; return document.cookie }";
    private const string ByStore = "value => cookieStore.set({ name: '_pk_id', value, expires: Date.now() + 63072e6 })";

    /// <param name="firstDay">The first day that the consent cookie records, as a number of days ago; null if it records none.</param>
    [Theory]
    [InlineData(false, null, "1", 395)]
    [InlineData(true, null, "1", Left)]
    [InlineData(true, null, "2", Session)]
    [InlineData(true, null, "", Session)]
    [InlineData(true, 295, "1", Left)]
    [InlineData(true, 365, "2", 30)]
    [InlineData(false, 365, "2", 30)]
    [InlineData(true, 396, "2", Left)]
    [InlineData(false, 396, "2", 395)]
    public async Task An_audience_cookie_expires_thirteen_months_after_its_first_day(bool isPresent, int? firstDay, string value, int days)
    {
        foreach (var write in new[] { ByDocument, ByStore })
        {
            await RunAsync(Notices.Audience, isPresent, firstDay, async page =>
            {
                await page.EvaluateAsync(write, value);

                await LivesAsync(page, days);
                if (days != Left)
                    Assert.Equal("_pk_id=" + value, await WrittenAsync(page));
            });
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task An_audience_cookie_of_one_day_or_less_can_be_renewed(string value)
    {
        foreach (var write in new[] { ByDocument, ByStore })
        {
            await RunAsync(Notices.Audience with { Duration = new Duration(24, DurationUnit.Hour) }, isPresent: true, firstDay: null, async page =>
            {
                await page.EvaluateAsync(write, value);

                await LivesAsync(page, 1);
            });
        }
    }

    [Fact]
    public Task A_declared_duration_shorter_than_the_rest_of_the_thirteen_months_is_the_limit() =>
        RunAsync(Notices.Audience with { Duration = new Duration(180, DurationUnit.Day) }, isPresent: true, firstDay: 10, async page =>
        {
            await page.EvaluateAsync(ByDocument, "2");

            await LivesAsync(page, 180);
        });

    [Fact]
    public Task A_deleted_audience_cookie_starts_a_new_period() => RunAsync(Notices.Audience, isPresent: true, firstDay: null, async page =>
    {
        await page.EvaluateAsync("() => { document.cookie = '_pk_id=; max-age=0' }");
        Assert.Equal("", await WrittenAsync(page));
        await page.EvaluateAsync(ByDocument, "1");

        await LivesAsync(page, 395);
    });

    private Task RunAsync(CookieEntry entry, bool isPresent, int? firstDay, Func<IPage, Task> test) =>
        PageServer.RunAsync(browser, Notices.Of([.. Notices.Necessary, entry]), async (page, server) =>
        {
            if (isPresent)
                await page.Context.AddCookiesAsync([new() { Name = "_pk_id", Value = "1", Url = server.Url, Expires = DateTimeOffset.UtcNow.AddDays(Left).ToUnixTimeSeconds() }]);
            if (firstDay is { } ago)
                await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = Remembering(server.Notice, entry, ago), Url = server.Url }]);
            await page.GotoAsync(server.Url);
            await test(page);
        });

    private static string Remembering(SiteNotice notice, CookieEntry entry, int ago) =>
        $"{PageServer.Cookie(notice, PageServer.Today, [])}~@{entry.Number}.{PageServer.Today - ago}";

    private static Task<string> WrittenAsync(IPage page) =>
        page.EvaluateAsync<string>("() => document.cookie.split('; ').filter(one => one.startsWith('_pk')).join()");

    // The first day starts at midnight, and the times that Playwright reports are accurate only to a few minutes.
    private static async Task LivesAsync(IPage page, int days)
    {
        var expires = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "_pk_id").Expires;
        if (days == Session)
            Assert.Equal(-1, expires);
        else
            Assert.InRange((DateTimeOffset.FromUnixTimeSeconds((long)expires) - DateTimeOffset.UtcNow).TotalDays, days - 1.01, days + 0.01);
    }
}
