using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>The headers of a page with the script element: those that do not depend on the body are kept, and none is added.</summary>
public class PageHeadersTests
{
    private static readonly string[] Kept =
    [
        "Cross-Origin-Embedder-Policy: require-corp", "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-site",
        "Permissions-Policy: geolocation=()", "X-Frame-Options: DENY", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
        "Origin-Agent-Cluster: ?1", "Document-Policy: js-profiling", "Clear-Site-Data: \"cookies\", \"storage\"", "X-XSS-Protection: 0",
        "Age: 17", "Date: Sun, 22 Nov 2026 10:00:00 GMT", "Via: 1.1 old-proxy", "Server: Legacy/1.0 (Unix)", "X-Powered-By: PHP/4.4.9",
        "Content-Language: fr, en", "Content-Location: /index.fr.html", "Content-Style-Type: text/css", "Expires: 0", "Pragma: no-cache",
        "Link: </a.css>; rel=preload", "Refresh: 300; url=/", "P3P: CP=\"CAO PSA OUR\"", "NEL: {\"report_to\":\"x\"}", "Warning: 110 - \"stale\"",
        "X-UA-Compatible: IE=7", "X-D: 1", "X-D: 2", "x-lower-Case: a  b",
    ];

    [Fact, Row("G12", "G13", "H11", "K8", "D6")]
    public async Task Headers_that_do_not_depend_on_the_body_are_kept_and_none_is_added()
    {
        var answer = await AskAsync([.. Kept, "Content-Type: text/html", "Cache-Control: no-store"]);
        var head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.Equal("HTTP/1.1 200 OK", head[0]);
        string[] expected = [.. Kept, "Content-Type: text/html", "Cache-Control: no-store", "Connection: close", head.Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), head[1..].Order(StringComparer.Ordinal));
        Assert.Contains("data-gateway", answer, StringComparison.Ordinal);
    }

    [Theory, Row("H10", "G15", "K6", "H5")]
    [InlineData("Use-As-Dictionary: match=\"/*\"")]
    [InlineData("Content-MD5: x")]
    [InlineData("Digest: sha-256=x")]
    [InlineData("Content-Digest: sha-256=:x:")]
    [InlineData("Repr-Digest: sha-256=:x:")]
    [InlineData("Accept-Ranges: bytes")]
    [InlineData("Alt-Svc: h3=\":443\"")]
    public async Task Headers_that_are_wrong_after_an_insertion_and_Alt_Svc_are_removed(string line)
    {
        var answer = await AskAsync([line, "Content-Type: text/html"]);
        Assert.Contains("data-gateway", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(line.Split(':')[0] + ":", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Row("G14")]
    [InlineData]
    [InlineData("Strict-Transport-Security: max-age=60")]
    [InlineData("Strict-Transport-Security: max-age=0; includeSubDomains")]
    public async Task Strict_Transport_Security_is_neither_added_nor_removed(params string[] said)
    {
        var answer = await AskAsync([.. said, "Content-Type: text/html"]);
        Assert.Equal(said, answer.Split("\r\n").Where(line => line.StartsWith("Strict", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory, Row("K13")]
    [InlineData("200 D\u00E9j\u00E0 vu")]
    [InlineData("200 ")]
    [InlineData("200")]
    [InlineData("404 Nicht gefunden, leider")]
    public async Task A_page_with_an_unusual_reason_phrase_gets_the_script_element(string status)
    {
        var answer = await AskAsync(["Content-Type: text/html"], status);
        Assert.StartsWith("HTTP/1.1 " + status[..3], answer, StringComparison.Ordinal);
        Assert.Contains("data-gateway", answer, StringComparison.Ordinal);
        Assert.EndsWith("hello</body></html>", answer, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string[] head, string status = "200 OK")
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response(status, head, Requests.Html));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        return await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\nSec-Fetch-Dest: document\nConnection: close\n\n");
    }
}
