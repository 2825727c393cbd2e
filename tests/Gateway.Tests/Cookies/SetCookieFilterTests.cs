using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class SetCookieFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly int Today = DayNumber.Of(Now);

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

    private static readonly GatewayCookie Own = new("cookies_preferences", "g1.", ByMarker: false);

    [Theory]
    [InlineData("sessionid=1")]
    [InlineData("sessionid=1; HttpOnly=true; Secure=1; Max-Age=1209600")]
    [InlineData("sessionid=1;max-age=60;;;path=/;")]
    [InlineData("sessionid=\"q v\"; Expires=junk")]
    [InlineData("_pk_id.1.1fff=x; Max-Age=33955200")]
    public void An_exempt_line_passes_as_the_very_same_string(string line)
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
    [InlineData("cookies_preferences=g1.1", nameof(CookieFate.Own))]
    [InlineData("cookies_preferences=; Max-Age=0", nameof(CookieFate.Own))]
    public void What_is_not_granted_is_refused(string line, string fate)
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
    public void Consent_is_per_category_and_never_for_what_the_table_does_not_list(string line, string granted, bool passes) =>
        Assert.Equal(passes, Filter(line, Table.Granting(granted.Split(','))).Line is not null);

    [Theory, Row("I12")]
    [InlineData("_ga=x; Max-Age=0; Path=/", "_ga=; Max-Age=0; Path=/")]
    [InlineData("unknown=x;Expires=Thu, 01 Jan 1970 00:00:00 GMT", "unknown=;Expires=Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("_ga = secret ; Max-Age=-1", "_ga =  ; Max-Age=-1")]
    [InlineData("_ga=; Max-Age=0", "_ga=; Max-Age=0")]
    public void A_deletion_passes_without_consent_and_its_value_emptied(string line, string expected)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Equal(expected, outcome.Line);
        Assert.Equal(CookieFate.Emptied, outcome.Fate);
    }

    [Theory]
    [InlineData("uid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=31536000")]
    [InlineData("v=1; Max-Age=0x")]
    [InlineData("v=1; Max-Age=0; Max-Age=60")]
    public void What_only_looks_like_a_deletion_is_refused(string line) => Assert.Null(Filter(line, Grants.ExemptOnly).Line);

    [Fact, Row("I12")]
    public void A_deletion_of_what_is_granted_is_not_edited()
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
    public void A_longer_life_than_declared_is_shortened_in_place(string line, string expected)
    {
        var outcome = Filter(line, Grants.ExemptOnly);
        Assert.Equal(expected, outcome.Line);
        Assert.Equal(CookieFate.Shortened, outcome.Fate);
    }

    [Theory]
    [InlineData("dup=1; Path=/shop; Max-Age=99999999", "dup=1; Path=/shop; Max-Age=86400")]
    [InlineData("dup=1; Path=/blog; Domain=.Example.org; Max-Age=99999999", "dup=1; Path=/blog; Domain=.Example.org; Max-Age=172800")]
    [InlineData("dup=1; Path=/blog; Max-Age=99999999", "dup=1; Path=/blog; Max-Age=86400")]
    public void A_name_that_is_set_at_several_places_lives_as_long_as_is_declared_for_its_place(string line, string expected)
    {
        var table = new CookieTable(
        [
            Table.Necessary("dup") with { Path = "/shop", Duration = new Duration(1, DurationUnit.Day) },
            Table.Necessary("dup") with { Path = "/blog", Domain = "example.org", Duration = new Duration(2, DurationUnit.Day) },
        ]);
        Assert.Equal(expected, SetCookieFilter.Filter(line, new SetCookieContext(table, Grants.ExemptOnly, Own, null, Now)).Line);
    }

    [Fact]
    public void A_line_that_browsers_read_differently_is_shortened_for_each_of_them() =>
        Assert.Equal(
            "sessionid=1; Max-Age=60; Max-Age=junk; Expires=Mon, 07 Dec 2026 12:00:00 GMT",
            Filter("sessionid=1; Max-Age=60; Max-Age=junk; Expires=Tue, 23 Nov 2099 12:00:00 GMT", Grants.ExemptOnly).Line);

    [Fact]
    public void A_consented_cookie_lives_thirteen_months_at_most_whatever_is_declared() =>
        Assert.Equal("YSC=1; Max-Age=34128000", Filter("YSC=1; Max-Age=63072000", Table.Granting("video")).Line);

    [Fact]
    public void Of_two_patterns_the_one_with_the_longer_fixed_part_counts() =>
        Assert.Equal("_ga_long_1=1; Max-Age=86400", Filter("_ga_long_1=1; Max-Age=99999", Table.Granting("statistics")).Line);

    [Theory]
    [InlineData("_pk_id.1=a; Max-Age=60000000", "_pk_id.1=a; Max-Age=34128000")]
    [InlineData("_pk_id.1=a; Max-Age=60", "_pk_id.1=a; Max-Age=60")]
    public void An_audience_cookie_begins_with_thirteen_months_at_most(string line, string expected)
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
    public void With_another_value_it_has_what_is_left_of_thirteen_months_from_its_first_day()
    {
        var grants = Remembering(Today - 100);
        var line = Filter("_pk_id.1=b; Max-Age=34128000", grants, cookies: "_pk_id.1=a").Line;

        // 295 days, less the half day that has passed of today.
        Assert.Equal($"_pk_id.1=b; Max-Age={(295 * 86_400) - (12 * 3_600)}", line);
    }

    [Fact]
    public void With_another_value_and_no_known_first_day_it_becomes_a_session_cookie()
    {
        Assert.Equal("_pk_id.1=b", Filter("_pk_id.1=b; Max-Age=34128000", Grants.ExemptOnly, cookies: "_pk_id.1=a").Line);
        Assert.Equal("_pk_id.1=b", Filter("_pk_id.1=b; Max-Age=34128000", Table.Granting(), cookies: "_pk_id.1=a").Line);
    }

    [Fact]
    public void A_session_cookie_of_audience_measurement_stays_the_same_string()
    {
        const string line = "_pk_id.1=b; Path=/";
        Assert.Same(line, Filter(line, Grants.ExemptOnly, cookies: "_pk_id.1=a").Line);
    }

    [Fact]
    public void After_thirteen_months_it_may_not_go_on_but_may_begin_anew()
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
    public void After_an_objection_audience_cookies_are_refused()
    {
        var objecting = new Grants(new HashSet<string>(), audience: false, firstDays: new Dictionary<string, int>());
        Assert.Equal(CookieFate.NotGranted, Filter("_pk_id.1=a", objecting).Fate);
        Assert.Equal(CookieFate.NotGranted, Filter("_pk_ses.1=a", objecting).Fate);
    }

    private static Grants Remembering(int firstDay) => new(
        new HashSet<string>(), audience: true, new Dictionary<string, int> { [Site.Find("_pk_id.1")!.Number] = firstDay });

    private static SetCookieOutcome Filter(string line, Grants grants, string? cookies = null) =>
        SetCookieFilter.Filter(line, new SetCookieContext(Site, grants, Own, cookies, Now));
}
