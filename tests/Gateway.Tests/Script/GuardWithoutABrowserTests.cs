using Gateway.Cookies;
using Gateway.Tests.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The guard in the built script, without a browser. It must make the same decisions as the gateway makes for HTTP headers.</summary>
public sealed class GuardWithoutABrowserTests
{
    private static readonly CookieEntry[] Ties =
    [
        Pattern("a*cd", "1 hour"), Pattern("ab*d", "2 hours"), Pattern("abc*", "3 hours"),
        Pattern("*_tail", "4 hours"), Pattern("head_*", "5 hours"), Pattern("x*", "6 hours"), Pattern("x1", "7 hours"),
    ];

    private static readonly CookieEntry[] Places =
    [
        Place("several", null, null, "10 days"), Place("several", "example.org", null, "20 days"), Place("several", null, "/app", "30 days"),
        Place("several", "example.org", "/app", "5 days"), Place("one", "example.org", "/app", "40 days"),
        Place("session", null, null, "session"), Place("session", null, "/app", "3 days"),
    ];

    [Theory]
    [InlineData("csrftoken=1", "csrftoken=1")]
    [InlineData("csrftoken=1; Path=/; Max-Age=864000", "csrftoken=1;Max-Age=864000; Path=/")]
    [InlineData("csrftoken=1; Max-Age=99999999", "csrftoken=1;Max-Age=31536000")]
    [InlineData("csrftoken=1; Max-Age=0", "csrftoken=;Max-Age=0")]
    [InlineData("unlisted=1; Max-Age=-1", "unlisted=;Max-Age=0")]
    [InlineData("unlisted=1", null)]
    [InlineData("_ga=1", null)]
    [InlineData("cookies_preferences=g1.20000", null)]
    [InlineData("cookies_preferences=; Max-Age=0", null)]
    public void A_cookie_line_passes_if_the_table_and_the_visitor_allow_it(string line, string? expected) =>
        Assert.Equal(expected, new InterpretedPage(Notices.Full).Write(line));

    [Fact]
    public void A_cookie_line_of_a_granted_category_passes()
    {
        var cookie = "cookies_preferences=" + PageServer.Cookie(Notices.Full, PageServer.Today, ["statistics"]);

        Assert.Equal("_ga=1", new InterpretedPage(Notices.Full, cookie).Write("_ga=1"));
        Assert.Null(new InterpretedPage(Notices.Full, cookie).Write("vplay=1"));
    }

    [Fact]
    public void In_observe_mode_every_cookie_line_passes() =>
        Assert.Equal("unlisted=1; Path=/", new InterpretedPage(Notices.Full with { IsEnforced = false }).Write("unlisted=1; Path=/"));

    [Fact]
    public void Web_storage_keeps_only_allowed_keys()
    {
        var granted = new InterpretedPage(Notices.Full, "cookies_preferences=" + PageServer.Cookie(Notices.Full, PageServer.Today, ["statistics"]));
        granted.Run("localStorage.setItem('stats-1', 'a'); localStorage.setItem('unlisted', 'b'); localStorage.unlisted = 'c'");
        Assert.Equal(("a", null, 1), (granted.Read("localStorage.getItem('stats-1')"), granted.Read("localStorage.getItem('unlisted')"), int.Parse(granted.Read("localStorage.length")!)));

        var undecided = new InterpretedPage(Notices.Full);
        undecided.Run("localStorage.setItem('stats-1', 'a')");
        Assert.Null(undecided.Read("localStorage.getItem('stats-1')"));
    }

    [Theory]
    [InlineData("cookieStore.set('csrftoken', '1')", true)]
    [InlineData("cookieStore.set({ name: 'csrftoken', value: '1' })", true)]
    [InlineData("cookieStore.set('unlisted', '1')", false)]
    [InlineData("cookieStore.set({ name: 'unlisted', value: '1' })", false)]
    [InlineData("cookieStore.set('cookies_preferences', 'g1.1')", false)]
    public void The_cookie_store_refuses_undeclared_names_and_the_consent_cookie(string script, bool passes) => Assert.Equal(passes, new InterpretedPage(Notices.Full).Written(script) is not null);

    [Theory]
    [InlineData("'cookies_preferences'", false)]
    [InlineData("{ name: 'cookies_preferences' }", false)]
    [InlineData("{ name: ' cookies_preferences\\t', path: '/' }", false)]
    [InlineData("{ get name() { return this.asked ? 'cookies_preferences' : (this.asked = 1, 'other') } }", true)]
    [InlineData("'other'", true)]
    [InlineData("{ name: 'other' }", true)]
    public void The_cookie_store_deletes_everything_but_the_consent_cookie(string argument, bool passes)
    {
        var page = new InterpretedPage(Notices.Full);
        page.Run($"cookieStore.delete({argument})");

        Assert.Equal(passes ? ["other"] : [], page.Deleted);
    }

    // The gateway's table and the script's table must find the same entry.
    [Theory]
    [InlineData("abcd", "3 hours")]
    [InlineData("abxd", "2 hours")]
    [InlineData("axcd", "1 hour")]
    [InlineData("head_tail", "5 hours")]
    [InlineData("head__tail", "5 hours")]
    [InlineData("x_tail", "4 hours")]
    [InlineData("x1", "7 hours")]
    [InlineData("x12", "6 hours")]
    [InlineData("x*", "6 hours")]
    public void Of_two_equally_long_patterns_the_one_with_the_longer_prefix_applies(string name, string duration)
    {
        var expected = Days(duration).Length;

        foreach (var entries in new[] { Ties, [.. Ties.Reverse()] })
        {
            Assert.Equal(expected, new CookieTable(entries).Find(name)!.Entry.MaxLife);
            Assert.Equal($"{name}=1;Max-Age={expected.TotalSeconds}", new InterpretedPage(Notices.Of(entries)).Write($"{name}=1; Max-Age=99999999"));
        }
    }

    [Theory, MemberData(nameof(LifetimeTests.Cases), MemberType = typeof(LifetimeTests))]
    public void A_cookie_that_a_script_writes_has_the_same_lifetime_as_over_HTTP(string line)
    {
        var (rows, attributes, target, days) = CaseFile.Columns(line) is [var a, var b, var c, var d] ? (a, b, c, d) : throw new FormatException(line);
        var page = new InterpretedPage(Notices.Of([.. rows.Split(", ").Select(LifetimeTests.Row)]), path: target.Split('?')[0]);

        Assert.Contains($";Max-Age={int.Parse(days, null) * 86_400}", page.Write($"name=1; {attributes}; Max-Age=40000000"), StringComparison.Ordinal);
    }

    // Without a path, cookieStore.set uses "/".
    [Theory]
    [InlineData("", 10)]
    [InlineData(", domain: 'example.org'", 20)]
    [InlineData(", path: '/app'", 30)]
    [InlineData(", domain: 'example.org', path: '/app'", 5)]
    public void The_cookie_store_limits_lifetimes_by_domain_and_path(string options, int days)
    {
        var written = new InterpretedPage(Notices.Of(Places), before: "Date.now = () => 0").Written($"cookieStore.set({{ name: 'several', value: '1', maxAge: 99999999{options} }})");

        Assert.Contains($"\"expires\":{days * 86_400_000L}", written);
    }

    [Fact]
    public void A_failing_part_is_reported_once_by_name_and_causes_no_error_in_the_page()
    {
        var page = new InterpretedPage(Notices.Full with { Signals = new() { ScriptApi = "api" } }, before: "EventTarget = null; MutationObserver = null");

        Assert.Equal(["https://site.example/_choices/refused [[\"error\",\"api\"]]"], page.Posted);
        Assert.Null(page.Write("unlisted=1"));
    }

    [Theory]
    [InlineData("Storage = undefined")]
    [InlineData("Reflect = undefined")]
    public void A_failure_of_the_core_is_reported(string before) =>
        Assert.Equal(["https://site.example/_choices/refused [[\"error\",\"main\"]]"], new InterpretedPage(Notices.Full, before: before).Posted);

    [Fact]
    public void Without_a_failure_nothing_is_reported() => Assert.Empty(new InterpretedPage(Notices.Full).Posted);

    private static CookieEntry Pattern(string name, string duration) => Place(name, null, null, duration);

    private static CookieEntry Place(string name, string? domain, string? path, string duration) =>
        Notices.Necessary[0] with { Names = [name], Domain = domain, Path = path, Duration = Days(duration) };

    private static Duration Days(string text) => Duration.TryParse(text, out var duration) ? duration : throw new ArgumentException(text);
}
