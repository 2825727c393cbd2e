using System.Globalization;
using System.Net;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Neither the site nor its visitors notice the gateway: messages of old servers and browsers pass unchanged.</summary>
public class TransparencyTests
{
    private static async Task<(string Answer, RawRequest Received)> AskAsync(string response, string request)
    {
        await using var backend = RawBackend.Start(_ => response);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync(request);
        return (answer, backend.Received.Single());
    }

    private static string Get(string target, params string[] head) =>
        string.Concat($"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n", string.Concat(head.Select(line => line + "\n")), "\n");

    [Theory, Row("K1", "K2", "K3")]
    [InlineData("/a%2Fb?q=%C3%A9")]
    [InlineData("/caf%E9")]
    [InlineData("/a%zz")]
    [InlineData("/a|b?{x}=[1]&\"<y>\"")]
    [InlineData("/a/../b/./c")]
    [InlineData("/%7Euser~/%41")]
    [InlineData("/?")]
    [InlineData("/a?b?c#d")]
    [InlineData("//double//slash")]
    public async Task Request_targets_reach_the_backend_as_they_were_sent(string target)
    {
        var (answer, received) = await AskAsync(RawBackend.Response("200 OK", [], "x"), Get(target));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(target, received.Target);
    }

    [Fact, Row("I5", "J4")]
    public async Task Non_ASCII_bytes_in_headers_pass_both_ways()
    {
        const string Odd = "caf\u00e9 \u00c3\u00a9 \u00ff \u0080";
        var (answer, received) = await AskAsync(
            RawBackend.Response("200 OK", [$"X-Odd: {Odd}", $"Set-Cookie: sessionid={Odd}; Path=/", $"Location: /{Odd}"], "x"),
            Get("/", $"X-Odd: {Odd}", $"Cookie: sessionid={Odd}; _ga={Odd}; csrftoken={Odd}", $"Referer: http://localhost/{Odd}"));
        Assert.Contains($"\r\nX-Odd: {Odd}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nSet-Cookie: sessionid={Odd}; Path=/\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: /{Odd}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(Odd, received["X-Odd"]);
        Assert.Equal($"sessionid={Odd}; csrftoken={Odd}", received["Cookie"]);
        Assert.Equal($"http://localhost/{Odd}", received["Referer"]);
    }

    [Fact, Row("A6")]
    public async Task A_repeated_Content_Length_is_sent_once()
    {
        var (answer, _) = await AskAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage", Get("/"));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("\r\n"), line => line == "Content-Length: 4");
        Assert.EndsWith("\r\n\r\npage", answer, StringComparison.Ordinal);
    }

    [Fact, Row("J7", "K10", "K11")]
    public async Task Long_URLs_many_headers_and_40_kB_of_cookies_pass()
    {
        var target = "/?" + new string('q', 9 * 1024);
        var cookies = string.Join("; ", Enumerable.Range(0, 10).Select(number => $"sessionid={number}{new string('v', 4090)}"));
        var many = Enumerable.Range(0, 150).Select(number => $"X-Header-{number}: {number}");
        var large = new string('r', 200 * 1024);
        var (answer, received) = await AskAsync(RawBackend.Response("200 OK", [$"X-Large: {large}"], "x"), Get(target, [$"Cookie: {cookies}; _ga=1", .. many]));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(large, answer, StringComparison.Ordinal);
        Assert.Equal(target, received.Target);
        Assert.Equal(cookies, received["Cookie"]);
        Assert.Equal("149", received["X-Header-149"]);
    }

    [Fact, Row("J7", "K10")]
    public async Task Long_URLs_many_headers_and_40_kB_of_cookies_pass_over_HTTP_2()
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, config: TestCertificate.AlsoTls);
        var cookies = string.Join("; ", Enumerable.Range(0, 6).Select(number => $"sessionid={number}{new string('v', 4090)}"));
        var target = "/?" + new string('q', 6 * 1024);
        var request = Requests.To(new Uri(gateway.TlsUrl, target), HttpMethod.Get, ("Cookie", cookies + "; _ga=1"));
        (await gateway.Http2.SendAsync(request, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
        Assert.Equal(cookies, gateway.Received[0].Cookie);
        Assert.Equal(target, gateway.Received[0].Target);
    }

    [Fact, Row("J3")]
    public async Task Two_Cookie_lines_are_joined_to_one_header()
    {
        var (_, received) = await AskAsync(RawBackend.Response("200 OK", [], "x"), Get("/", "Cookie: _ga=2; sessionid=1", "Cookie: ad=3; csrftoken=4, 5", "Cookie: sessionid=6"));
        Assert.Equal("sessionid=1; csrftoken=4, 5; sessionid=6", received["Cookie"]);
    }

    [Fact, Row("J5")]
    public async Task An_empty_Cookie_header_is_not_sent()
    {
        var (_, received) = await AskAsync(RawBackend.Response("200 OK", [], "x"), Get("/", "Cookie: _ga=2; ad=3"));
        Assert.Empty(received.Values("Cookie"));
    }

    [Fact, Row("K5", "K6", "H11")]
    public async Task Host_and_Upgrade_Insecure_Requests_reach_the_backend_without_added_headers()
    {
        var (answer, received) = await AskAsync(
            RawBackend.Response("200 OK", ["Server: Legacy/1.0"], "x"), Get("/", "Upgrade-Insecure-Requests: 1", "Cookie: cookies_preferences=g1.20780; sessionid=1"));
        Assert.Equal("localhost", received["Host"]);
        Assert.Equal("1", received["Upgrade-Insecure-Requests"]);
        Assert.Equal("sessionid=1", received["Cookie"]);
        Assert.DoesNotContain("traceparent", received.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Kestrel", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nServer: Legacy/1.0\r\n", answer, StringComparison.Ordinal);
    }

    [Theory, Row("A12", "I17")]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Trailers_cannot_set_cookies(string version)
    {
        await using var backend = RawBackend.Start(_ =>
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum, Set-Cookie\r\nConnection: close\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 7\r\nSet-Cookie: sessionid=1\r\nSet-Cookie: _ga=1\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())], TestCertificate.AlsoTls);
        var client = version == "2.0" ? gateway.Http2 : gateway.Client;
        var response = await client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, ("TE", "trailers")), TestContext.Current.CancellationToken);
        Assert.Equal("body", await response.BytesAsync());
        Assert.Empty(response.SetCookies());
        Assert.False(response.TrailingHeaders.Contains("Set-Cookie"));
        Assert.Equal(version == "2.0", response.TrailingHeaders.Contains("X-Sum"));
    }

    /// <summary>The filter parses dates as leniently as browsers: it shortens what browsers accept and keeps what they ignore.</summary>
    [Fact, Row("I4", "I13", "I15")]
    public async Task A_lifetime_is_shortened_in_place_for_every_date_format()
    {
        var (answer, _) = await AskAsync(
            RawBackend.Response(
                "200 OK",
                ["Set-Cookie: sessionid=1; expires=Tue, 19-Jan-2038 03:14:07 GMT; path=/;HttpOnly", "Set-Cookie: csrftoken=2; Expires=-1; Max-Age=99999999999999999999;X"], "x"),
            Get("/"));
        var end = TestSites.Noon.AddDays(14).ToString("R", CultureInfo.InvariantCulture);
        Assert.Contains($"\r\nSet-Cookie: sessionid=1; expires={end}; path=/;HttpOnly\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: csrftoken=2; Expires=-1; Max-Age=1209600;X\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_is_down_gives_a_502_without_details()
    {
        await using var gateway = await TestGateway.StartAsync([TestSites.Library("http://127.0.0.1:1")]);
        var answer = await gateway.RawAsync(Get("/secret?token=1"));
        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", answer, StringComparison.Ordinal);
        foreach (var told in new[] { "127.0.0.1", "secret", "Exception", "Set-Cookie", "YARP" })
            Assert.DoesNotContain(told, answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(gateway.Log, line => line.Contains("token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task If_one_address_of_a_backend_is_down_another_is_used_and_without_any_the_visitor_gets_an_error()
    {
        await using var up = await Support.Backend.StartAsync(context => context.Response.WriteAsync("up"));
        SiteConfig Site(params string[] addresses) => TestSites.Library("") with { Backend = null, Backends = [new BackendConfig { Addresses = addresses, LoadBalancing = LoadBalancing.FirstAlphabetical }] };
        await using var gateway = await TestGateway.StartAsync([Site("http://127.0.0.1:1", up.Url.ToString())]);
        var answers = new List<HttpStatusCode>();
        while (answers.Count < 50 && answers.LastOrDefault() != HttpStatusCode.OK)
            answers.Add((await gateway.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, answers[^1]);

        await gateway.SwapAsync(_ => Site("http://127.0.0.1:1", "http://127.0.0.1:2"));
        for (var count = 0; count < 5; count++)
            Assert.InRange((int)(await gateway.GetAsync("/")).StatusCode, 502, 503);
    }
}
