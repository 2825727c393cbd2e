using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public class CookieHeaderFilterTests
{
    private static readonly CookieTable Site = new([Table.Necessary("sessionid", "csrftoken"), Table.Asked("statistics", "_ga", "_ga_*")]);
    private static readonly GatewayCookie Own = new("cookies_preferences", "g1.", ByMarker: false);

    [Theory, Row("J1", "J2")]
    [InlineData("sessionid=1")]
    [InlineData("sessionid=a=b; csrftoken=\"q; ")]
    [InlineData("sessionid=1;csrftoken=2 ;  sessionid=3")]
    [InlineData("sessionid={\"k\":1, \"x\":2}")]
    [InlineData("sessionid=caf\u00E9; ; csrftoken=2;")]
    public void A_header_without_anything_to_cut_is_the_very_same_string(string header) => Assert.Same(header, Filter(header));

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
    public void Only_what_is_not_granted_is_cut(string header, string? expected) => Assert.Equal(expected, Filter(header));

    [Fact]
    public void What_is_granted_stays()
    {
        const string header = "_ga=1; sessionid=2; _ga_X=3";
        Assert.Same(header, Filter(header, Table.Granting("statistics")));
    }

    [Fact]
    public void What_was_cut_is_told_by_name_but_the_gateways_own_cookie_is_not()
    {
        var cut = CookieHeaderFilter.Filter("_ga=1; x=2; cookies_preferences=g1.1; sessionid=3", Site, Grants.ExemptOnly, Own).Cut;
        Assert.Equal(["_ga", "x"], cut.Select(cookie => cookie.Name));
        Assert.Equal("statistics", cut[0].Row!.Entry.Category);
        Assert.Null(cut[1].Row);
    }

    [Fact]
    public void Where_the_gateway_sets_no_cookie_only_values_with_its_marker_are_its_own()
    {
        var own = Own with { ByMarker = true };
        Assert.Equal("a=1; cookies_preferences=theirs", CookieHeaderFilter.WithoutOwn("a=1; cookies_preferences=g1.5; cookies_preferences=theirs", own));
        Assert.Null(CookieHeaderFilter.WithoutOwn("cookies_preferences=g1.5", own));
        const string foreign = "cookies_preferences=theirs; b=2";
        Assert.Same(foreign, CookieHeaderFilter.WithoutOwn(foreign, own));
    }

    [Fact, Row("J1", "J6")]
    public void Kept_cookies_are_the_ones_sent_whatever_is_cut_around_them()
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
        CookieHeaderFilter.Filter(header, Site, grants ?? Grants.ExemptOnly, Own).Header;
}
