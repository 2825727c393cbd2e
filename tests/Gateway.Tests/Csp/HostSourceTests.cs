using Gateway.Csp;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Csp;

public sealed class HostSourceTests
{
    public static TheoryData<string, string, bool> Cases() =>
        [.. CaseFile.Read("host-sources").Select(CaseFile.Columns).Select(row => (row[0], row[1], row[2] == "yes"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_name_allows_the_URLs_that_browsers_allow(string name, string url, bool isAllowed)
    {
        Assert.True(HostSource.TryParse(name, out var source));
        Assert.Equal(isAllowed, source.Allows(new Uri(url)));
    }

    [Theory]
    [InlineData("www.example.net", "http://www.example.net ws://www.example.net")]
    [InlineData("http://www.example.net", "http://www.example.net ws://www.example.net")]
    [InlineData("https://*.example.net:8443/a/", "https://*.example.net:8443/a/ wss://*.example.net:8443/a/")]
    [InlineData("bücher.example", "http://xn--bcher-kva.example ws://xn--bcher-kva.example")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000 ws://127.0.0.1:5000")]
    [InlineData("localhost:5000", "http://localhost:5000 ws://localhost:5000")]
    public void A_name_is_written_as_a_source_for_HTTP_and_one_for_WebSockets(string name, string sources)
    {
        Assert.True(HostSource.TryParse(name, out var source));
        Assert.Equal(sources, source.Sources);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*.*.example.net")]
    [InlineData("a.*.example.net")]
    [InlineData("Example.net")]
    [InlineData("ftp://example.net")]
    [InlineData("://example.net")]
    [InlineData("example.net:")]
    [InlineData("example.net:0")]
    [InlineData("example.net:65536")]
    [InlineData("example.net:+80")]
    [InlineData("example.net/a;b")]
    [InlineData("example.net/a,b")]
    [InlineData("example.net/a b")]
    [InlineData("example.net/?a")]
    [InlineData("example.net/ä")]
    [InlineData("example.net 'unsafe-inline'")]
    [InlineData("example.net;")]
    [InlineData("user@example.net")]
    [InlineData("[::1]")]
    [InlineData("*.127.0.0.1")]
    public void What_could_be_read_as_something_else_in_a_policy_is_no_name(string name) => Assert.False(HostSource.TryParse(name, out _));

    [Theory]
    [InlineData("a.example.net", "*.example.net", true)]
    [InlineData("example.net", "*.example.net", false)]
    [InlineData("a.example.net", "b.example.net", false)]
    [InlineData("a.example.net/a/", "a.example.net/b/", false)]
    [InlineData("a.example.net/a/", "a.example.net/a/b", true)]
    [InlineData("a.example.net/a/", "a.example.net", true)]
    [InlineData("https://a.example.net", "http://a.example.net", true)]
    [InlineData("a.example.net:8443", "a.example.net", false)]
    [InlineData("a.example.net:443", "a.example.net", true)]
    [InlineData("a.example.net:443", "a.example.net:80", true)]
    public void Two_names_overlap_if_one_URL_is_allowed_by_both(string a, string b, bool expected)
    {
        Assert.True(HostSource.TryParse(a, out var first));
        Assert.True(HostSource.TryParse(b, out var second));
        Assert.Equal((expected, expected), (HostSource.Overlap(first, second), HostSource.Overlap(second, first)));
    }
}
