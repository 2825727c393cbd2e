using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class CookieHeaderFilterTests
{
    private static readonly CookieTable Site = new([Table.Necessary("sessionid", "csrftoken"), Table.Asked("statistics", "_ga", "_ga_*")]);
    private static readonly GatewayCookie ConsentCookie = new("cookies_preferences", "g1.", ByMarker: false);

    [Theory, Row("J1", "J2")]
    [InlineData("sessionid=1")]
    [InlineData("sessionid=a=b; csrftoken=\"q; ")]
    [InlineData("sessionid=1;csrftoken=2 ;  sessionid=3")]
    [InlineData("sessionid={\"k\":1, \"x\":2}")]
    [InlineData("sessionid=caf\u00E9; ; csrftoken=2;")]
    public void A_Cookie_header_of_which_nothing_is_removed_stays_the_same_string(string header) => Assert.Same(header, Filter(header));

    [Theory, Row("J1", "J2", "J6")]
    [InlineData("_ga=1", null)]
    [InlineData("_ga=1; sessionid=2", "sessionid=2")]
    [InlineData("sessionid=2; _ga=1", "sessionid=2")]
    [InlineData("sessionid=1; _ga=2; csrftoken=3", "sessionid=1; csrftoken=3")]
    [InlineData("sessionid=1;_ga=2;csrftoken=3", "sessionid=1;csrftoken=3")]
    [InlineData("  _ga=2;  sessionid=1  ;csrftoken = 3", "sessionid=1  ;csrftoken = 3")]
    [InlineData("_ga=2; _ga_X=3; unknown=4; nameless", null)]
    [InlineData("nameless; sessionid=1", "sessionid=1")]
    [InlineData("=nameless; sessionid=1", "sessionid=1")]
    [InlineData("sessionid=1; SESSIONID=2", "sessionid=1")]
    [InlineData("sessionid=1; _ga=2; sessionid=3", "sessionid=1; sessionid=3")]
    [InlineData("cookies_preferences=g1.20000; sessionid=1", "sessionid=1")]
    [InlineData("cookies_preferences=theirs; sessionid=1", "sessionid=1")]
    public void Only_cookies_that_are_not_granted_are_removed_from_a_request(string header, string? expected) => Assert.Equal(expected, Filter(header));

    [Fact]
    public void Granted_cookies_stay_in_a_request()
    {
        const string header = "_ga=1; sessionid=2; _ga_X=3";
        Assert.Same(header, Filter(header, Table.Granting("statistics")));
    }

    [Fact]
    public void Removed_cookies_are_listed_except_for_the_gateways_own()
    {
        var cut = CookieHeaderFilter.Filter("_ga=1; x=2; cookies_preferences=g1.1; sessionid=3", Site, Grants.ExemptOnly, ConsentCookie).Cut;
        Assert.Equal(["_ga", "x"], cut.Select(cookie => cookie.Name));
        Assert.Equal("statistics", cut[0].Row!.Entry.Category);
        Assert.Null(cut[1].Row);
    }

    [Fact]
    public void If_the_gateway_sets_no_consent_cookie_only_values_with_its_marker_are_removed()
    {
        var marked = ConsentCookie with { ByMarker = true };
        Assert.Equal("a=1; cookies_preferences=theirs", CookieHeaderFilter.WithoutGatewayCookies("a=1; cookies_preferences=g1.5; cookies_preferences=theirs", marked));
        Assert.Null(CookieHeaderFilter.WithoutGatewayCookies("cookies_preferences=g1.5", marked));
        const string foreign = "cookies_preferences=theirs; b=2";
        Assert.Same(foreign, CookieHeaderFilter.WithoutGatewayCookies(foreign, marked));
    }

    [Fact, Row("J1", "J6")]
    public void Cookies_that_stay_in_a_request_are_not_changed_by_removing_others()
    {
        var random = new Random(20261123);
        string[] pieces = ["sessionid=1", "csrftoken=a=b", "_ga=2", "x", "=y", "", " ", "sessionid=\"", "_ga_Q={1,2}"];
        for (var round = 0; round < 5_000; round++)
        {
            var header = string.Join(random.Next(2) == 0 ? ";" : "; ", Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var kept = header.Split(';').Select(piece => piece.Trim()).Where(piece => piece.StartsWith('s') || piece.StartsWith('c'));
            var left = (Filter(header) ?? "").Split(';').Select(piece => piece.Trim()).Where(piece => piece.Length > 0);
            Assert.Equal(kept, left);
        }
    }

    private static string? Filter(string header, Grants? grants = null) =>
        CookieHeaderFilter.Filter(header, Site, grants ?? Grants.ExemptOnly, ConsentCookie).Header;
}
