using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Cookies;

public sealed class SightingTests
{
    private static readonly CookieTable Site = new([Table.Asked("statistics", "_ga*")]);

    [Fact]
    public void A_line_gives_a_sighting_with_its_attributes_and_lifetime_but_no_value()
    {
        var sighting = Of("visitor_8f14e45fceea=secret; Domain=.Example.ORG; Path=/shop/12345678/basket/x; Max-Age=60; HttpOnly; secure; SameSite=Lax; Partitioned");

        var attributes = new SeenAttributes(
            HttpOnly: true, Secure: true, Partitioned: true, SameSite: "lax", Domain: "example.org", Path: "/shop/*/*", Lifetime: TimeSpan.FromSeconds(60));
        Assert.Equal(new Sighting(EntryKind.Cookie, "visitor_*", SightingSource.Response, "/reset/*", CookieFate.Unlisted, attributes), sighting);
        Assert.DoesNotContain("secret", sighting.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_attributes_gives_a_session_cookie_of_the_host_at_the_directory_of_the_request() =>
        Assert.Equal(
            new SeenAttributes(HttpOnly: false, Secure: false, Partitioned: false, SameSite: null, Domain: null, Path: "/reset", Lifetime: null),
            Of("unknown=1; SameSite=junk").Attributes);

    [Theory]
    [InlineData("SameSite=None", "none")]
    [InlineData("SameSite=STRICT", "strict")]
    [InlineData("SameSite=Lax; SameSite=Strict", "strict")]
    [InlineData("SameSite=Strict; SameSite=x", null)]
    public void The_last_SameSite_counts(string attributes, string? expected) => Assert.Equal(expected, Of($"unknown=1; {attributes}").Attributes!.SameSite);

    [Fact]
    public void A_line_that_browsers_reject_gives_a_sighting_without_name_and_attributes() =>
        Assert.Equal(new Sighting(EntryKind.Cookie, "(unreadable)", SightingSource.Response, "/reset/*", CookieFate.Unreadable), Of("a\u0001b=1; Secure"));

    [Fact]
    public void A_cookie_removed_from_a_request_says_whether_the_table_lists_it()
    {
        Assert.Equal(
            new Sighting(EntryKind.Cookie, "_ga_*", SightingSource.Request, "/", CookieFate.NotGranted),
            Sighting.Of(new CutCookie("_ga_5FG2H1K3L9", Site.Find("_ga_5FG2H1K3L9")), "/?query=secret"));
        Assert.Equal(CookieFate.Unlisted, Sighting.Of(new CutCookie("x", null), "/").Fate);
    }

    [Fact]
    public void A_name_from_a_script_has_the_page_if_it_is_known()
    {
        Assert.Equal(
            new Sighting(EntryKind.LocalStorage, "key", SightingSource.Script, "/a/b/*", CookieFate.Unlisted),
            Sighting.OfScript(EntryKind.LocalStorage, "key", null, "/a/b/c/d"));
        Assert.Null(Sighting.OfScript(EntryKind.Cookie, "key", null, null).Page);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("//a//", "/a")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/", "/a/b")]
    [InlineData("/a/b/c", "/a/b/*")]
    [InlineData("/user/jane@example.org", "/user/*")]
    [InlineData("/reset/8f14e45fceea467a9575bd1b0e3e5e6a", "/reset/*")]
    public void A_path_is_stored_as_a_pattern_of_two_segments(string path, string expected) => Assert.Equal(expected, NameRedaction.OfPath(path));

    private static Sighting Of(string line)
    {
        var context = new SetCookieContext(
            Site,
            Grants.ExemptOnly,
            new GatewayCookie("cookies_preferences", "g1.", ByMarker: false),
            null,
            TestSites.Noon,
            "/reset/8f14e45fceea467a9575bd1b0e3e5e6a?mail=jane");
        return Sighting.Of(SetCookieFilter.Filter(line, context), context);
    }
}
