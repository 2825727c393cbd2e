using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class SetCookieFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly int Today = Now.ToDayNumber();

    private static readonly CookieTable Site = new(
    [
        Table.Necessary("sessionid"),
        Table.Necessary("cart") with { Duration = default },
        Table.Asked("statistics", "_ga", "_ga_*"),
        Table.Asked("statistics", "_ga_long_*") with { Duration = new Duration(1, DurationUnit.Day) },
        Table.Asked("video", "YSC") with { Duration = new Duration(2, DurationUnit.Year) },
        Table.Audience("13 months", "_pk_id*"),
        Table.Audience("30 minutes", "_pk_ses*"),
    ]);

    private static readonly GatewayCookie ConsentCookie = new("cookies_preferences", "g1.", ByMarker: false);

    [Theory]
    [InlineData("sessionid=1")]
    [InlineData("sessionid=1; HttpOnly=true; Secure=1; Max-Age=1209600")]
    [InlineData("sessionid=1;max-age=60;;;path=/;")]
    [InlineData("sessionid=\"q v\"; Expires=junk")]
    [InlineData("_pk_id.1.1fff=x; Max-Age=33955200")]
    public void An_exempt_line_passes_as_the_same_string(string line)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Same(line, outcome.Line);
        Assert.Equal(CookieFate.Kept, outcome.Fate);
    }

    [Theory]
    [InlineData("_ga=1", nameof(CookieFate.NotGranted))]
    [InlineData("_ga_ABC=1; Max-Age=5", nameof(CookieFate.NotGranted))]
    [InlineData("_GA=1", nameof(CookieFate.Unlisted))]
    [InlineData("Sessionid=1", nameof(CookieFate.Unlisted))]
    [InlineData("unknown=1", nameof(CookieFate.Unlisted))]
    [InlineData("nameless", nameof(CookieFate.Unlisted))]
    [InlineData("=nameless", nameof(CookieFate.Unlisted))]
    [InlineData("nameless; Max-Age=0", nameof(CookieFate.Unlisted))]
    [InlineData("", nameof(CookieFate.Unreadable))]
    [InlineData("sessionid=1\u0001", nameof(CookieFate.Unreadable))]
    [InlineData("cookies_preferences=g1.1", nameof(CookieFate.Reserved))]
    [InlineData("cookies_preferences=; Max-Age=0", nameof(CookieFate.Reserved))]
    public void A_line_that_is_not_granted_is_removed(string line, string fate)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Null(outcome.Line);
        Assert.Equal(fate, outcome.Fate.ToString());
    }

    [Theory]
    [InlineData("_ga=1", "statistics", true)]
    [InlineData("_ga=1", "video", false)]
    [InlineData("YSC=1", "video", true)]
    [InlineData("YSC=1", "statistics", false)]
    [InlineData("unknown=1", "statistics,video", false)]
    public void Consent_applies_to_its_category_and_never_to_unlisted_names(string line, string granted, bool passes) =>
        Assert.Equal(passes, Filter(line, Table.Granting(granted.Split(','))).Line is not null);

    [Theory, Row("I12")]
    [InlineData("_ga=x; Max-Age=0; Path=/", "_ga=; Max-Age=0; Path=/")]
    [InlineData("unknown=x;Expires=Thu, 01 Jan 1970 00:00:00 GMT", "unknown=;Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("_ga = secret ; Max-Age=-1", "_ga =  ; Max-Age=-1")]
    [InlineData("_ga=; Max-Age=0", "_ga=; Max-Age=0")]
    public void A_deletion_passes_without_consent_and_without_its_value(string line, string expected)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Equal(expected, outcome.Line);
        Assert.Equal(CookieFate.Emptied, outcome.Fate);
    }

    [Theory]
    [InlineData("uid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000")]
    [InlineData("v=1; Max-Age=0x")]
    [InlineData("v=1; Max-Age=0; Max-Age=60")]
    public void A_line_that_browsers_store_is_not_a_deletion(string line) => Assert.Null(Filter(line, Grants.ExemptOnly).Line);

    [Fact, Row("I12")]
    public void A_deletion_of_a_granted_cookie_is_not_edited()
    {
        const string line = "_ga=x; Max-Age=0";
        Assert.Same(line, Filter(line, Table.Granting("statistics")).Line);
    }

    [Theory, Row("I4", "I15")]
    [InlineData("sessionid=1; Max-Age=31536000; Path=/", "sessionid=1; Max-Age=1209600; Path=/")]
    [InlineData("sessionid=1; max-age = 31536000 ;Secure", "sessionid=1; max-age = 1209600 ;Secure")]
    [InlineData("sessionid=1; Expires=Tue, 23 Nov 2027 12:00:00 GMT; HttpOnly", "sessionid=1; Expires=Mon, 07 Dec 2026 12:00:00 GMT; HttpOnly")]
    [InlineData("sessionid=1; Expires=Tue, 23 Nov 2027 12:00:00 GMT; Max-Age=99999999999999", "sessionid=1; Expires=Mon, 07 Dec 2026 12:00:00 GMT; Max-Age=1209600")]
    [InlineData("sessionid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000", "sessionid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=1209600")]
    [InlineData("cart=1; Max-Age=60; Path=/", "cart=1; Path=/")]
    [InlineData("cart=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", "cart=1; Path=/")]
    public void A_lifetime_longer_than_declared_is_shortened_in_place(string line, string expected)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Equal(expected, outcome.Line);
        Assert.Equal(CookieFate.Shortened, outcome.Fate);
    }

    [Theory]
    [InlineData("dup=1; Path=/shop; Max-Age=99999999", "dup=1; Path=/shop; Max-Age=86400")]
    [InlineData("dup=1; Path=/blog; Domain=.Example.org; Max-Age=99999999", "dup=1; Path=/blog; Domain=.Example.org; Max-Age=172800")]
    [InlineData("dup=1; Path=/blog; Max-Age=99999999", "dup=1; Path=/blog; Max-Age=86400")]
    public void A_name_with_several_rows_has_the_lifetime_of_the_row_with_its_scope(string line, string expected)
    {
        var table = new CookieTable(
        [
            Table.Necessary("dup") with { Path = "/shop", Duration = new Duration(1, DurationUnit.Day) },
            Table.Necessary("dup") with { Path = "/blog", Domain = "example.org", Duration = new Duration(2, DurationUnit.Day) },
        ]);
        Assert.Equal(expected, SetCookieFilter.Filter(line, new SetCookieContext(table, Grants.ExemptOnly, ConsentCookie, null, Now)).Line);
    }

    [Fact]
    public void A_line_that_browsers_read_differently_is_shortened_for_all_of_them() =>
        Assert.Equal(
            "sessionid=1; Max-Age=60; Max-Age=junk; Expires=Mon, 07 Dec 2026 12:00:00 GMT",
            Filter("sessionid=1; Max-Age=60; Max-Age=junk; Expires=Tue, 23 Nov 2099 12:00:00 GMT", Grants.ExemptOnly).Line);

    [Fact]
    public void A_cookie_that_needs_consent_lives_at_most_13_months_even_if_more_is_declared() =>
        Assert.Equal("YSC=1; Max-Age=34128000", Filter("YSC=1; Max-Age=63072000", Table.Granting("video")).Line);

    [Fact]
    public void Of_two_patterns_the_one_with_the_longer_fixed_part_gives_the_lifetime() =>
        Assert.Equal("_ga_long_1=1; Max-Age=86400", Filter("_ga_long_1=1; Max-Age=99999", Table.Granting("statistics")).Line);

    [Theory]
    [InlineData("_pk_id.1=a; Max-Age=60000000", "_pk_id.1=a; Max-Age=34128000")]
    [InlineData("_pk_id.1=a; Max-Age=60", "_pk_id.1=a; Max-Age=60")]
    public void A_new_audience_cookie_lives_at_most_13_months(string line, string expected)
    {
        var outcome = Filter(line, Table.Granting());
        Assert.Equal(expected, outcome.Line);
        Assert.True(outcome.IsFirst);
    }

    [Fact]
    public void An_audience_cookie_is_not_renewed_with_the_same_value()
    {
        var outcome = Filter("_pk_id.1=a; Max-Age=33955200", Table.Granting(), cookies: "sessionid=1; _pk_id.1=a");
        Assert.Null(outcome.Line);
        Assert.Equal(CookieFate.Renewal, outcome.Fate);
    }

    [Fact]
    public void An_audience_cookie_with_a_new_value_expires_13_months_after_its_first_day()
    {
        var grants = Remembering(Today - 100);
        var line = Filter("_pk_id.1=b; Max-Age=34128000", grants, cookies: "_pk_id.1=a").Line;

        // 295 days, without the half of today that has passed.
        Assert.Equal($"_pk_id.1=b; Max-Age={(295 * 86_400) - (12 * 3_600)}", line);
    }

    [Fact]
    public void An_audience_cookie_with_a_new_value_and_an_unknown_first_day_becomes_a_session_cookie()
    {
        Assert.Equal("_pk_id.1=b", Filter("_pk_id.1=b; Max-Age=34128000", Grants.ExemptOnly, cookies: "_pk_id.1=a").Line);
        Assert.Equal("_pk_id.1=b", Filter("_pk_id.1=b; Max-Age=34128000", Table.Granting(), cookies: "_pk_id.1=a").Line);
    }

    [Fact]
    public void An_audience_cookie_for_the_session_passes_as_the_same_string()
    {
        const string line = "_pk_id.1=b; Path=/";
        Assert.Same(line, Filter(line, Grants.ExemptOnly, cookies: "_pk_id.1=a").Line);
    }

    [Fact]
    public void An_audience_cookie_is_not_renewed_after_13_months_but_a_new_one_may_begin()
    {
        var grants = Remembering(Today - 395);
        Assert.Null(Filter("_pk_id.1=b; Max-Age=60", grants, cookies: "_pk_id.1=a").Line);
        Assert.True(Filter("_pk_id.1=b; Max-Age=60", grants).IsFirst);
    }

    [Fact]
    public void An_audience_cookie_of_a_day_or_less_may_be_renewed()
    {
        const string line = "_pk_ses.1=1; Max-Age=1800";
        Assert.Same(line, Filter(line, Grants.ExemptOnly, cookies: "_pk_ses.1=1").Line);
    }

    [Fact]
    public void Audience_cookies_are_removed_after_an_objection()
    {
        var objecting = new Grants(new HashSet<string>(), audience: false, firstDays: new Dictionary<string, int>());
        Assert.Equal(CookieFate.NotGranted, Filter("_pk_id.1=a", objecting).Fate);
        Assert.Equal(CookieFate.NotGranted, Filter("_pk_ses.1=a", objecting).Fate);
    }

    private static Grants Remembering(int firstDay) => new(
        new HashSet<string>(), audience: true, new Dictionary<string, int> { [Site.Find("_pk_id.1")!.Number] = firstDay });

    private static SetCookieOutcome Filter(string line, Grants grants, string? cookies = null) =>
        SetCookieFilter.Filter(line, new SetCookieContext(Site, grants, ConsentCookie, cookies, Now));
}
