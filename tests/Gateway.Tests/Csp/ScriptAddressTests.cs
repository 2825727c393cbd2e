using Gateway.Csp;
using Xunit;

namespace Gateway.Tests.Csp;

/// <summary>Each condition under which a source of a policy allows a script (CSP3 6.7.2.7), alone.</summary>
public class ScriptAddressTests
{
    private const string Path = "/_choices/0123456789abcdef.js";

    [Theory]
    [InlineData("'self'", true)]
    [InlineData("'SELF'", true)]
    [InlineData("'none'", false)]
    [InlineData("'unsafe-inline'", false)]
    [InlineData("self", false)]
    [InlineData("*", true)]
    [InlineData("**", false)]
    [InlineData("", false)]

    // Hosts: a suffix begins after a dot, and the host itself is not below itself.
    [InlineData("www.museum.org", true)]
    [InlineData("WWW.Museum.ORG", true)]
    [InlineData("museum.org", false)]
    [InlineData("*.museum.org", true)]
    [InlineData("*.MUSEUM.org", true)]
    [InlineData("*.org", true)]
    [InlineData("*.seum.org", false)]
    [InlineData("*.www.museum.org", false)]
    [InlineData("*www.museum.org", false)]
    [InlineData("www.*.org", false)]
    [InlineData("www.museum.org.example", false)]
    [InlineData("x.www.museum.org", false)]

    // Schemes.
    [InlineData("https:", true)]
    [InlineData("HTTPS:", true)]
    [InlineData("http:", true)]
    [InlineData("ws:", false)]
    [InlineData("data:", false)]
    [InlineData(":", false)]
    [InlineData("https://www.museum.org", true)]
    [InlineData("http://www.museum.org", true)]
    [InlineData("ws://www.museum.org", false)]
    [InlineData("https://*", true)]
    [InlineData("https://example.org", false)]

    // Ports.
    [InlineData("www.museum.org:443", true)]
    [InlineData("www.museum.org:80", true)]
    [InlineData("www.museum.org:*", true)]
    [InlineData("www.museum.org:8443", false)]
    [InlineData("*:443", true)]
    [InlineData("*:8443", false)]
    [InlineData("http://www.museum.org:80", true)]
    [InlineData("http://www.museum.org:8080", false)]

    // Paths: exact, or all below where it ends with a slash.
    [InlineData("www.museum.org/", true)]
    [InlineData("www.museum.org/_choices/", true)]
    [InlineData("www.museum.org/_choices", false)]
    [InlineData("www.museum.org/_choices/0123456789abcdef.js", true)]
    [InlineData("www.museum.org/_choices/0123456789ABCDEF.js", false)]
    [InlineData("www.museum.org/_choices/0123456789abcdef.js/", false)]
    [InlineData("www.museum.org/%5Fchoices/", true)]
    [InlineData("www.museum.org/_CHOICES/", false)]
    [InlineData("www.museum.org/other/", false)]
    [InlineData("example.org/_choices/", false)]
    public void A_source_allows_the_same_scripts_as_in_browsers(string source, bool allows) =>
        Assert.Equal(allows, new ScriptAddress("https", "www.museum.org", "/_choices", Path).Matches(source));

    [Theory]
    [InlineData("*.museum.org", "www.citymuseum.org", false)]
    [InlineData("*.museum.org", "city.museum.org", true)]
    [InlineData("*.museum.org", "museum.org", false)]
    [InlineData("*.museum.org", ".museum.org", false)]
    [InlineData("*.museum.org", "a.b.museum.org", true)]
    public void A_wildcard_host_matches_whole_labels_only(string source, string host, bool allows) =>
        Assert.Equal(allows, new ScriptAddress("https", host, "/_choices", Path).Matches(source));

    [Theory]
    [InlineData("http", "host", "http:", true)]
    [InlineData("http", "host", "https:", false)]
    [InlineData("http", "host", "host", true)]
    [InlineData("http", "host", "host:80", true)]
    [InlineData("http", "host", "host:443", false)]
    [InlineData("http", "host:443", "host:80", true)]
    [InlineData("http", "host:8080", "host", false)]
    [InlineData("http", "host:8080", "host:8080", true)]
    [InlineData("http", "host:8080", "host:80", false)]
    [InlineData("https", "host:8443", "host", false)]
    [InlineData("https", "host:8443", "host:8443", true)]
    [InlineData("https", "host:8443", "host:443", false)]
    [InlineData("https", "host:443", "host", true)]
    [InlineData("http", "host:8080", "*", true)]
    [InlineData("http", "[::1]:8080", "*:8080", true)]
    [InlineData("http", "[::1]:8080", "*:80", false)]
    [InlineData("http", "[::1]", "*:80", true)]
    public void A_source_without_a_port_means_the_standard_one(string scheme, string authority, string source, bool allows) =>
        Assert.Equal(allows, new ScriptAddress(scheme, authority, "/_choices", Path).Matches(source));

    [Theory]
    [InlineData("https", "www.example.org", "https://www.example.org/_choices/")]
    [InlineData("http", "www.example.org:8080", "http://www.example.org:8080/_choices/")]
    [InlineData("https", "a", "https://a/_choices/")]
    [InlineData("https", "[::1]", null)]
    [InlineData("https", "[::1]:8443", null)]
    [InlineData("https", "", null)]
    [InlineData("https", "a b", null)]
    [InlineData("https", "a_b", null)]
    [InlineData("https", "a;b", null)]
    public void A_source_is_created_only_for_a_host_that_is_valid_in_a_policy(string scheme, string authority, string? source) =>
        Assert.Equal(source, new ScriptAddress(scheme, authority, "/_choices", Path).Source);
}
