using Gateway.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;
using Yarp.ReverseProxy;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Unusual requests: they are never ambiguous, arrive complete, and are not aborted for being slow.</summary>
public class OddRequestsTests
{
    /// <summary>Each could be read as two requests. It is rejected, or one request reaches the backend.</summary>
    [Theory, Row("K9", "K4")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nx\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0_1\r\nx\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\n0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX-Bare: a\rGET /smuggled HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nX-Bare: lf\n\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.example\r\n\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n")]
    public async Task An_ambiguous_request_reaches_the_backend_as_one_request_or_not_at_all(string request)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", [], "x"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await TestGateway.ExactAsync(gateway.Url, request + "GET /smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (200|400|505) ", answer);

        // Read once, because a request whose body is rejected may still be arriving.
        var arrived = backend.Received.ToArray();
        Assert.DoesNotContain("HTTP/1.1", arrived.Select(received => string.Join(' ', received.Head.Split("\r\n")[1..])).FirstOrDefault() ?? "", StringComparison.Ordinal);
        Assert.All(arrived, received => Assert.Empty(received.Values("X-Content-Length")));

        // The following request is a separate one, or is not read because the first one closed the connection.
        Assert.Equal(new[] { "/", "/smuggled" }.Take(arrived.Length), arrived.Select(received => received.Target));
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            Assert.DoesNotContain(arrived, received => received.Target == "/smuggled");
    }

    /// <remarks>Kestrel refuses them before the gateway sees them (README, Limits).</remarks>
    [Theory, Row("K4")]
    [InlineData("GET /a%00b HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: 0\r\n")]
    public async Task A_request_that_Kestrel_cannot_read_is_answered_with_400(string request)
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask);
        Assert.StartsWith("HTTP/1.1 400 ", await TestGateway.ExactAsync(gateway.Url, request + "Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Empty(gateway.Received);
    }

    [Theory, Row("K14")]
    [InlineData("PROPFIND", "<?xml version=\"1.0\"?><propfind/>")]
    [InlineData("PROPFIND", "")]
    [InlineData("MKCOL", "")]
    [InlineData("LOCK", "<lockinfo/>")]
    [InlineData("BASELINE-CONTROL", "")]
    public async Task Methods_of_other_protocols_pass_with_their_bodies(string method, string body)
    {
        var received = "";
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            received = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = 207;
        });
        var answer = await gateway.RawAsync($"{method} /dav/ HTTP/1.1\nHost: localhost\nDepth: 1\nContent-Length: {body.Length}\nConnection: close\n\n{body}");
        Assert.StartsWith("HTTP/1.1 207", answer, StringComparison.Ordinal);
        Assert.Equal((method, "1", body), (gateway.Received[0].Method, gateway.Received[0].Headers["Depth"].ToString(), received));
    }

    /// <remarks>Kestrel's default gives a body five seconds and then demands 240 bytes a second, with a clock of its own.</remarks>
    [Fact, Row("K10")]
    public async Task Neither_an_upload_nor_a_response_has_to_keep_a_pace()
    {
        await using var gateway = await TestGateway.StartAsync([TestSites.Library("http://127.0.0.1:9")]);
        var limits = gateway.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>>().Value.Limits;
        Assert.Null(limits.MinRequestBodyDataRate);
        Assert.Null(limits.MinResponseDataRate);
    }

    [Fact, Row("C8")]
    public async Task A_page_may_take_ten_minutes_by_default()
    {
        await using var gateway = await TestGateway.StartAsync([TestSites.Library("http://127.0.0.1:9")]);
        var cluster = Assert.Single(gateway.Services.GetRequiredService<IProxyStateLookup>().GetClusters());
        Assert.Equal(TimeSpan.FromMinutes(10), cluster.Model.Config.HttpRequest!.ActivityTimeout);
    }

    [Theory, Row("K17", "K15")]
    [InlineData]
    [InlineData("127.0.0.1")]
    public async Task A_client_cannot_set_the_forwarded_headers_that_the_backend_receives(params string[] trusted)
    {
        string[] ours = ["X-Forwarded-Prefix", .. trusted.Length == 0 ? [] : new[] { "X-Gateway-Original-For", "X-Gateway-Original-Proto" }];
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, config: config => config with { TrustedProxies = trusted });
        await gateway.GetAsync("/", [.. ours.Select(name => (name, "198.51.100.7")), ("X-Forwarded-For", "198.51.100.8"), ("Forwarded", "for=198.51.100.9")]);
        var headers = gateway.Received.Single().Headers;
        Assert.Equal(trusted.Length > 0 ? "198.51.100.8" : "127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Empty(headers.Where(header => header.Value == "198.51.100.7").Select(header => header.Key));
    }

    [Fact, Row("J3")]
    public async Task Several_HTTP_2_cookie_fields_are_joined_to_one_header()
    {
        await using var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("the site"), config: TestCertificate.AlsoTls);
        var body = await RawHttp2.GetAsync(gateway.TlsUrl, ("cookie", "sessionid=1"), ("cookie", "_ga=2"), ("cookie", "csrftoken=3, 4"), ("cookie", "ad=5"), ("cookie", "sessionid=6"));
        Assert.Equal("the site", body);
        Assert.Equal("sessionid=1; csrftoken=3, 4; sessionid=6", gateway.Received.Single().Cookie);
    }
}
