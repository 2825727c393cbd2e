using System.Net;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>Only pages of the site can send a choice, so that no other site can forge consent (GDPR 4(11), 7(1)).</summary>
public sealed class SameOriginTests(PagesFixture fixture) : IClassFixture<PagesFixture>
{
    private static readonly string?[] FetchSites = ["same-origin", "same-site", "cross-site", "none", "same-origin, cross-site", null];

    // The host is www.example.org. The last column: whether the origin is that of the site.
    private static readonly (string? Origin, bool? IsOwn)[] Origins =
    [
        ("http://www.example.org", true),
        ("https://www.example.org", true),
        ("https://www.example.org:443", true),
        ("HTTPS://WWW.EXAMPLE.ORG", true),
        ("http://www.example.org:8080", false),
        ("https://example.org", false),
        ("https://evil.www.example.org", false),
        ("https://www.example.org.evil.example", false),
        ("https://www.example.org@evil.example", false),
        ("https://evil.example/www.example.org", false),
        ("ftp://www.example.org", false),
        ("null", false),
        ("www.example.org", false),
        (null, null),
    ];

    public static TheoryData<string?, string?, bool> Combinations
    {
        get
        {
            var all = new TheoryData<string?, string?, bool>();
            foreach (var fetchSite in FetchSites)
            {
                foreach (var (origin, isOwn) in Origins)
                    all.Add(fetchSite, origin, fetchSite is "same-origin" or null && isOwn is not false && (fetchSite, isOwn) is not (null, null));
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Combinations)), Requirement(29)]
    public async Task Each_origin_header_present_must_match_the_site_and_one_must_be_present(string? fetchSite, string? origin, bool isTaken) =>
        await AssertAsync(isTaken, "www.example.org", fetchSite, origin);

    [Theory]
    [InlineData("www.example.org:8080", "http://www.example.org:8080", true)]
    [InlineData("www.example.org:8443", "https://www.example.org:8443", true)]
    [InlineData("www.example.org:8080", "http://www.example.org", false)]
    [InlineData("www.example.org:8080", "http://www.example.org:8081", false)]
    [InlineData("www.example.org:443", "https://www.example.org", true)]
    [InlineData("www.example.org.", "https://www.example.org", true)]
    public async Task The_port_of_an_origin_must_match_but_the_scheme_need_not(string host, string origin, bool isTaken) =>
        await AssertAsync(isTaken, host, null, origin);

    [Theory]
    [InlineData("https://www.example.org:8443", true)]
    [InlineData("http://internal:8080", true)]
    [InlineData("https://internal", false)]
    [InlineData("https://www.example.org", false)]
    public async Task An_origin_may_match_publicUrl_instead_of_the_Host_header(string origin, bool isTaken)
    {
        await using var pages = new PagesFactory(site => site with { Hosts = ["internal"], PublicUrl = "https://www.example.org:8443" });
        await AssertAsync(isTaken, "internal:8080", null, origin, pages);
    }

    private async Task AssertAsync(bool isTaken, string host, string? fetchSite, string? origin, PagesFactory? pages = null)
    {
        var browser = (pages ?? fixture.Pages).Browser();
        List<(string, string)> headers = [("Host", host)];
        if (fetchSite is not null)
            headers.Add(("Sec-Fetch-Site", fetchSite));
        if (origin is not null)
            headers.Add(("Origin", origin));
        var request = Requests.To(new Uri(browser.BaseAddress!, "/_choices/choice"), HttpMethod.Post, headers);
        request.Content = new StringContent(Flow.Accept, null, "application/json");
        var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        response.Answers(isTaken ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden);
        Assert.Equal(isTaken ? 1 : 0, response.SetCookies().Count);
    }
}
