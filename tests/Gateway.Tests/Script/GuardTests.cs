using Gateway.Cookies;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The writes that the guard allows to scripts of the page.</summary>
public sealed class GuardTests(Browser browser)
{
    [Theory, Row("I22")]
    [InlineData("csrftoken=1", "csrftoken=1")]
    [InlineData("csrftoken=a=b; Path=/", "csrftoken=a=b")]
    [InlineData(" csrftoken =1", "csrftoken=1")]
    [InlineData("CSRFTOKEN=1", "")]
    [InlineData("unlisted=1", "")]
    [InlineData("nameless", "")]
    [InlineData("=csrftoken=1", "")]
    [InlineData("=unlisted", "")]
    [InlineData("\tcsrftoken\t=\t1", "csrftoken=1")]
    [InlineData("csrf\ttoken=1", "")]
    [InlineData("csrftoken=1;;; ;Path=/;", "csrftoken=1")]
    [InlineData("_ga=1", "")]
    [InlineData("_ga_ABC=1", "")]
    [InlineData("_pk_id.1=1", "_pk_id.1=1")]
    [InlineData("cookies_preferences=g1.1", "")]
    public Task A_cookie_is_written_if_the_table_and_the_visitor_allow_it(string line, string expected) =>
        RunAsync([], async (page, _) => Assert.Equal(expected, await WriteAsync(page, line)));

    [Fact]
    public Task A_granted_cookie_is_written() => RunAsync(["statistics"], async (page, _) =>
    {
        Assert.Contains("_ga_ABC=1", await WriteAsync(page, "_ga_ABC=1"));
        Assert.DoesNotContain("vplay", await WriteAsync(page, "vplay=1"));
    });

    [Fact]
    public Task A_script_can_delete_any_cookie_except_the_consent_cookie() => RunAsync([], async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "old", Value = "1", Url = server.Url }]);
        Assert.DoesNotContain("old=", await WriteAsync(page, "old=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
        Assert.Contains("cookies_preferences=g1.", await WriteAsync(page, "cookies_preferences=; Max-Age=0"));
        Assert.Contains("cookies_preferences=g1.", await page.EvaluateAsync<string>("async () => { await cookieStore.delete('cookies_preferences'); return document.cookie }"));
    }, decided: true);

    [Theory]
    [InlineData("unlisted=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=1000")]
    [InlineData("unlisted=1; Max-Age=0x")]
    [InlineData("unlisted=1; Expires=0")]
    public Task A_write_that_only_looks_like_a_deletion_is_refused(string line) =>
        RunAsync([], async (page, _) => Assert.Equal("", await WriteAsync(page, line)));

    [Theory]
    [InlineData("csrftoken=1; Max-Age=99999999", 365)]
    [InlineData("csrftoken=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT", 365)]
    [InlineData("csrftoken=1; Max-Age=864000", 10)]
    [InlineData("csrftoken=1", -1)]
    [InlineData("csrftoken=1; Expires=0", -1)]
    [InlineData("csrftoken=1; Max-Age=10; Max-Age=z; Expires=Fri, 01 Jan 2100 00:00:00 GMT", 365)]
    [InlineData("csrftoken=1; max-age; EXPIRES = Fri, 01-Jan-2100 00:00:00 GMT", 365)]
    [InlineData("csrftoken=1; Max-Age=99999999999999999999", 365)]
    public Task A_lifetime_is_limited_to_the_declared_duration(string line, int days) => RunAsync([], async (page, _) =>
    {
        await WriteAsync(page, line);

        Assert.Equal(days, await DaysAsync(page, "csrftoken"));
    });

    [Theory]
    [InlineData("document.cookie = '_ga=1; Max-Age=63072000'")]
    [InlineData("cookieStore.set({ name: '_ga', value: '1', expires: Date.now() + 63072e6 })")]
    public Task A_lifetime_never_exceeds_thirteen_months(string write) => PageServer.RunAsync(
        browser,
        Notices.Of([.. Notices.Necessary, Notices.Ga with { Duration = new Duration(2, DurationUnit.Year) }]),
        async (page, server) =>
        {
            await VisitAsync(page, server, PageServer.Cookie(server.Notice, PageServer.Today, ["statistics"]));
            await page.EvaluateAsync($"async () => {{ await ({write}); return document.cookie }}");

            Assert.Equal(395, await DaysAsync(page, "_ga"));
        });

    [Theory]
    [InlineData("", "dup", "dup=1; Max-Age=9999999", 30)]
    [InlineData("c/page", "dup", "dup=1; Max-Age=9999999", 10)]
    [InlineData("b/page", "dup", "dup=1; Max-Age=9999999", 20)]
    [InlineData("b/page", "dup", "dup=1; Max-Age=9999999; Path=/", 30)]
    [InlineData("b/page", "dup_*", "dup_1=1; Path=/; Max-Age=9999999", 30)]
    public Task A_lifetime_is_limited_by_the_entry_with_the_path_of_the_cookie_else_by_the_shortest(string at, string name, string line, int days)
    {
        CookieEntry At(string path, int longest) =>
            Notices.Necessary[0] with { Names = [name], Path = path, Duration = new Duration(longest, DurationUnit.Day) };
        return PageServer.RunAsync(browser, Notices.Of([At("/a", 10), At("/", 30), At("/b", 20)]), async (page, server) =>
        {
            await page.GotoAsync(server.Url + at);
            await WriteAsync(page, line);

            Assert.Equal(days, await DaysAsync(page, line[..line.IndexOf('=', StringComparison.Ordinal)]));
        });
    }

    [Fact, Row("I22")]
    public Task The_cookie_store_follows_the_rules_of_document_cookie() => RunAsync([], async (page, _) =>
    {
        await page.EvaluateAsync("""
            async () => {
              await cookieStore.set('unlisted', '1');
              await cookieStore.set({ name: '_ga', value: '1' });
              await cookieStore.set({ name: 'csrftoken', value: '1', expires: Date.now() + 5e11 });
              await cookieStore.set('sessionid', '1');
            }
            """);

        Assert.Equal(["csrftoken", "sessionid"], (await page.Context.CookiesAsync()).Select(cookie => cookie.Name).Order());
        Assert.Equal(365, await DaysAsync(page, "csrftoken"));
    });

    [Fact]
    public Task Web_storage_accepts_only_allowed_keys_and_can_be_read() => RunAsync(["statistics"], async (page, _) =>
    {
        var keys = await page.EvaluateAsync<string[]>("""
            async () => {
              localStorage.setItem('stats-1', 'x');
              localStorage.setItem('unlisted', 'x');
              sessionStorage.setItem('stats-1', 'x');
              await 0;
              return [...Object.keys(localStorage), ...Object.keys(sessionStorage), localStorage.getItem('stats-1')];
            }
            """);

        Assert.Equal(["stats-1", "x"], keys);
    });

    [Fact]
    public Task Existing_storage_entries_that_are_not_allowed_are_removed_when_a_page_loads() => RunAsync([], async (page, server) =>
    {
        await page.AddInitScriptAsync("Object.defineProperty(localStorage, 'stats-9', { value: 'x', configurable: true, writable: true, enumerable: true })");
        await page.GotoAsync(server.Url + "again");

        Assert.Equal(0, await page.EvaluateAsync<int>("() => localStorage.length"));
    });

    [Fact]
    public Task The_guard_throws_the_same_errors_as_the_browser_and_no_others() => RunAsync([], async (page, _) =>
    {
        Assert.Equal("TypeError", await page.EvaluateAsync<string>("() => { try { document.cookie = Symbol() } catch (e) { return e.name } }"));
        Assert.Equal("TypeError", await page.EvaluateAsync<string>("() => { try { localStorage.setItem('a') } catch (e) { return e.name } }"));
        Assert.Equal("TypeError", await page.EvaluateAsync<string>("() => cookieStore.set('a').catch(e => e.name)"));
        Assert.Equal("fine", await page.EvaluateAsync<string>("() => { document.cookie = null; document.cookie = ''; document.cookie = ';;;'; return 'fine' }"));
    });

    private Task RunAsync(string[] granted, Func<IPage, PageServer, Task> test, bool decided = false) =>
        PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
        {
            await VisitAsync(page, server, decided || granted.Length > 0 ? PageServer.Cookie(server.Notice, PageServer.Today, granted) : null);
            await test(page, server);
        });

    /// <summary>Loads the page with a consent cookie, or without one if the value is null.</summary>
    private static async Task VisitAsync(IPage page, PageServer server, string? choice)
    {
        if (choice is not null)
            await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = choice, Url = server.Url }]);
        await page.GotoAsync(server.Url);
    }

    private static Task<string> WriteAsync(IPage page, string line) =>
        page.EvaluateAsync<string>("line => { document.cookie = line; return document.cookie }", line);

    /// <summary>Days until the cookie expires; -1 for a session cookie.</summary>
    private static async Task<int> DaysAsync(IPage page, string name)
    {
        var expires = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == name).Expires;
        return expires < 0 ? -1 : (int)Math.Round((DateTimeOffset.FromUnixTimeSeconds((long)expires) - DateTimeOffset.UtcNow).TotalDays);
    }
}
