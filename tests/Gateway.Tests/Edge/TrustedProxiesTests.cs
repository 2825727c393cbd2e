using System.Net;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>
/// Scheme, host and client address come from a site's <c>publicUrl</c>, the declared proxies, or the connection. The backend receives them
/// in <c>X-Forwarded-*</c>.
/// </summary>
public class TrustedProxiesTests
{
    private static readonly (string, string)[] Forwarded =
        [("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "www.example.org")];

    private static SiteConfig Site(SiteConfig site) => site with { Hosts = ["localhost", "www.example.org"] };

    private static Task<TestGateway> StartAsync(Func<SiteConfig, SiteConfig> site, params string[] trusted) =>
        TestGateway.StartAsync(_ => Task.CompletedTask, site, config => config with { TrustedProxies = trusted });

    private static async Task AssertAsync(TestGateway gateway, string proto, string host, string client, bool isSecure)
    {
        (await gateway.GetAsync("/", [.. Forwarded, .. Requests.ByScript])).Answers(HttpStatusCode.OK);
        var headers = gateway.Received[^1].Headers;
        Assert.Equal(proto, headers["X-Forwarded-Proto"]);
        Assert.Equal(host, headers["X-Forwarded-Host"]);
        Assert.Equal(host, headers.Host);
        Assert.Equal(client, headers["X-Forwarded-For"]);
        Assert.DoesNotContain(headers, header => header.Key.Contains("Original", StringComparison.OrdinalIgnoreCase));
        var line = (await gateway.Client.ChooseAsync(Flow.Refuse, Forwarded)).SetCookies()[0];
        Assert.EndsWith(isSecure ? "; SameSite=Lax; Secure" : "; SameSite=Lax", line, StringComparison.Ordinal);
    }

    [Fact, Row("K15", "K17")]
    public async Task Without_publicUrl_and_trusted_proxies_forwarded_headers_are_ignored()
    {
        await using var gateway = await StartAsync(Site);
        await AssertAsync(gateway, "http", "localhost", "127.0.0.1", isSecure: false);
    }

    [Fact, Row("K15")]
    public async Task A_publicUrl_with_https_sets_the_scheme()
    {
        await using var gateway = await StartAsync(site => Site(site) with { PublicUrl = "https://www.example.org" });
        await AssertAsync(gateway, "https", "localhost", "127.0.0.1", isSecure: true);
    }

    [Fact, Row("K15")]
    public async Task A_trusted_proxy_sets_scheme_and_client_but_not_the_host()
    {
        await using var gateway = await StartAsync(Site, "10.0.0.0/8", "127.0.0.1");
        await AssertAsync(gateway, "https", "localhost", "198.51.100.7", isSecure: true);
    }

    [Fact, Row("K15")]
    public async Task A_trusted_proxy_sets_the_host_where_the_operator_says_that_it_does()
    {
        await using var gateway = await StartReadingAsync(ForwardedHeader.For, ForwardedHeader.Proto, ForwardedHeader.Host);
        await AssertAsync(gateway, "https", "www.example.org", "198.51.100.7", isSecure: true);
    }

    [Fact, Row("K15")]
    public async Task A_header_that_the_trusted_proxy_does_not_set_is_not_read()
    {
        await using var gateway = await StartReadingAsync(ForwardedHeader.Host);
        await AssertAsync(gateway, "http", "www.example.org", "127.0.0.1", isSecure: false);
    }

    [Theory]
    [InlineData("evil.example, www.example.org", "www.example.org")]
    [InlineData("xn--", "localhost")]
    [InlineData("a b", "localhost")]
    [InlineData("", "localhost")]
    public async Task Of_several_forwarded_hosts_only_the_one_that_the_trusted_proxy_added_counts(string sent, string host)
    {
        await using var gateway = await StartReadingAsync(ForwardedHeader.For, ForwardedHeader.Host);
        var response = await gateway.GetAsync("/", [("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Host", sent), .. Requests.ByScript]);
        if (sent == "xn--")
            response.Answers(HttpStatusCode.MisdirectedRequest);
        else
            Assert.Equal(host, gateway.Received[^1].Headers["X-Forwarded-Host"]);
    }

    [Theory]
    [InlineData("ftp")]
    [InlineData("javascript")]
    public async Task A_forwarded_scheme_is_http_or_https(string scheme)
    {
        await using var gateway = await StartReadingAsync(ForwardedHeader.For, ForwardedHeader.Proto);
        await gateway.GetAsync("/", [("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", scheme), .. Requests.ByScript]);
        Assert.Equal("http", gateway.Received[^1].Headers["X-Forwarded-Proto"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_backend_learns_about_the_client_from_the_gateway_alone(bool isTrusted)
    {
        string[] claims =
        [
            "Forwarded", "X-Real-IP", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-Ssl", "X-Forwarded-Scheme", "X-Forwarded-User",
            "X-Forwarded-Prefix", "X_Forwarded_For", "X-Forwarded_Proto", "x_real_ip", "X_Forwarded-Host", "X-Forwarded",
        ];
        await using var gateway = await StartAsync(Site, isTrusted ? ["127.0.0.1"] : []);
        await gateway.GetAsync("/", [.. claims.Select(name => (name, "198.51.100.7")), ("X-Forward", "kept"), .. Requests.ByScript]);
        var received = gateway.Received[^1].Headers;
        Assert.DoesNotContain(claims, received.ContainsKey);
        Assert.Equal("kept", received["X-Forward"]);
        Assert.Equal(("127.0.0.1", "localhost", "http"), ((string?)received["X-Forwarded-For"], (string?)received["X-Forwarded-Host"], (string?)received["X-Forwarded-Proto"]));
    }

    private static Task<TestGateway> StartReadingAsync(params ForwardedHeader[] headers) => TestGateway.StartAsync(
        _ => Task.CompletedTask, Site, config => config with { TrustedProxies = ["127.0.0.1"], ForwardedHeaders = headers });

    [Fact, Row("K15", "K17")]
    public async Task The_headers_of_a_proxy_that_is_not_trusted_are_ignored()
    {
        await using var gateway = await StartAsync(Site, "10.0.0.0/8");
        await AssertAsync(gateway, "http", "localhost", "127.0.0.1", isSecure: false);
    }

    [Fact, Row("I7")]
    public async Task Deletions_are_Secure_if_the_visitors_connection_is_https()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Requests.Html);
            },
            site => site with { PublicUrl = "https://localhost" });
        var response = await gateway.NavigateAsync("/", "_gid=1");
        Assert.Equal(["_gid" + LegacyCookies.Expired + "; Secure", "_gid" + LegacyCookies.ExpiredPart], response.SetCookies());
    }

    /// <summary>Browsers send fetch metadata only over https. On a plain-http intranet, the body must show that it is a document.</summary>
    [Theory, Row("F2", "F3", "F4")]
    [InlineData(Requests.Html, true)]
    [InlineData("<html><body>old</body></html>", true)]
    [InlineData("<!-- generated --><HEAD></HEAD>", true)]
    [InlineData("{\"a\":1}", false)]
    [InlineData("[{\"html\":\"<html>\"}]", false)]
    [InlineData("<p>a fragment</p>", false)]
    [InlineData("<tr><td>a row</td></tr>", false)]
    [InlineData("plain words", false)]
    [InlineData("<script>parent.done({})</script>", false)]
    public async Task Over_plain_http_only_a_body_that_is_a_document_gets_the_script(string body, bool isDocument)
    {
        await using var gateway = await StartHtmlAsync(body);
        var response = await gateway.GetAsync("/", Requests.PlainNavigation);
        Assert.Equal(isDocument, (await response.BytesAsync()).Contains("data-gateway", StringComparison.Ordinal));
        if (!isDocument)
        {
            Assert.Equal(body, await response.BytesAsync());
            Assert.Equal(body.Length, response.SaidLength());
        }
    }

    [Theory, Row("F1", "F2")]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    [InlineData("HX-Request", "true")]
    [InlineData("Turbo-Frame", "list")]
    [InlineData("X-PJAX", "true")]
    [InlineData("X-Inertia", "true")]
    [InlineData("X-MicrosoftAjax", "Delta=true")]
    [InlineData("Accept", "*/*")]
    [InlineData("Accept", "application/json")]
    public async Task Over_plain_http_responses_to_scripts_stay_unchanged(string name, string value)
    {
        await using var gateway = await StartHtmlAsync(Requests.Html);
        var response = await gateway.GetAsync("/page", name == "Accept" ? [(name, value)] : [.. Requests.PlainNavigation, (name, value)]);
        Assert.Equal(Requests.Html, await response.BytesAsync());
    }

    private static Task<TestGateway> StartHtmlAsync(string body) => TestGateway.StartAsync(context =>
    {
        context.Response.ContentType = "text/html";
        context.Response.ContentLength = body.Length;
        return context.Response.WriteAsync(body);
    });
}
