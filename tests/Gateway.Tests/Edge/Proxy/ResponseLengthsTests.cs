using System.Net;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Values in the head of a response that browsers accept and that Kestrel refuses in a typed property.</summary>
public class ResponseLengthsTests
{
    [Theory, Row("A6", "A9")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: abc")]
    [InlineData("Content-Length: +84")]
    [InlineData("Content-Length: 84.0")]
    [InlineData("Content-Length: 0x54")]
    [InlineData("Content-Length: 84, abc")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length:\r\nContent-Length: -1")]
    public async Task A_length_that_is_not_a_number_is_ignored_and_the_body_ends_with_the_connection(string lines)
    {
        foreach (var headers in new[] { Requests.Navigation, Requests.ByScript })
        {
            await using var backend = RawBackend.Start(_ => $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{lines}\r\n\r\n{Requests.Html}");
            await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
            var response = await gateway.GetAsync("/", headers);
            response.Answers(HttpStatusCode.OK);
            Assert.Null(response.SaidLength());
            Assert.Equal(headers == Requests.Navigation ? WithLine(gateway) : Requests.Html, await response.BytesAsync());
        }
    }

    [Theory, Row("A6", "A17")]
    [InlineData("{0}, {0}")]
    [InlineData("{0},{0} ,\t{0}")]
    [InlineData("{0}\r\nContent-Length: {0}")]
    [InlineData("{0}, {0}\r\nContent-Length: {0}")]
    [InlineData("0{0}")]
    public async Task Equal_lengths_are_one_length_and_the_body_ends_there(string value)
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + value.Replace("{0}", $"{Requests.Html.Length}", StringComparison.Ordinal);
        var end = new TaskCompletionSource();
        await using var backend = RawBackend.Start(async (_, stream) =>
        {
            await RawBackend.WriteAsync(stream, $"{head}\r\nConnection: close\r\n\r\n{Requests.Html}");
            await end.Task;
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        foreach (var headers in new[] { Requests.Navigation, Requests.ByScript })
        {
            var response = await gateway.GetAsync("/", headers);
            var expected = headers == Requests.Navigation ? WithLine(gateway) : Requests.Html;
            Assert.Equal(expected, await response.BytesAsync());
            Assert.Equal(expected.Length, response.SaidLength());
        }

        end.SetResult();
    }

    [Fact, Row("A8")]
    public async Task A_body_shorter_than_its_repeated_length_is_seen_as_broken()
    {
        await using var backend = RawBackend.Start(_ => $"HTTP/1.1 200 OK\r\nContent-Length: 84, 84\r\n\r\nshort");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        Assert.EndsWith("\r\n\r\nshort", await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\n\n"), StringComparison.Ordinal);
    }

    [Theory, Row("A7")]
    [InlineData("84, 85")]
    [InlineData("84\r\nContent-Length: 85")]
    public async Task Two_different_lengths_are_rejected(string value)
    {
        await using var backend = RawBackend.Start(_ => $"HTTP/1.1 200 OK\r\nContent-Length: {value}\r\n\r\n{Requests.Html}");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        (await gateway.GetAsync("/")).Answers(HttpStatusCode.BadGateway);
    }

    [Theory, Row("A3", "A4")]
    [InlineData("HEAD", "200 OK", "84, 84", "84")]
    [InlineData("HEAD", "200 OK", "abc", null)]
    [InlineData("GET", "304 Not Modified", "84, 84", "84")]
    [InlineData("GET", "304 Not Modified", "-1", null)]
    [InlineData("GET", "204 No Content", "abc", null)]
    public async Task A_response_without_a_body_keeps_a_length_only_if_it_is_a_number(string method, string status, string value, string? expected)
    {
        await using var backend = RawBackend.Start(_ => $"HTTP/1.1 {status}\r\nContent-Length: {value}\r\nConnection: close\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync($"{method} / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(expected is not null, answer.Contains($"\r\nContent-Length: {expected}\r\n", StringComparison.Ordinal));
        Assert.Equal(expected is null, !answer.Contains("Content-Length", StringComparison.Ordinal));
    }

    [Theory, Row("K13")]
    [InlineData("200 \u00C7a va", "200")]
    [InlineData("299 Unknown", "299")]
    [InlineData("600 Beyond", "600")]
    [InlineData("999 No", "999")]
    [InlineData("404", "404")]
    public async Task An_unusual_status_line_does_not_fail_the_response(string status, string code)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response(status, [], "body"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith($"HTTP/1.1 {code} ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nbody", answer, StringComparison.Ordinal);
    }

    [Fact, Row("A12", "A15")]
    public async Task A_trailer_with_a_control_character_is_dropped_alone()
    {
        await using var backend = RawBackend.Start(_ => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nX-Odd: a\u0001b\r\nX-Sum: 7\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())], TestCertificate.AlsoTls);
        var response = await gateway.Http2.SendAsync(Requests.To(gateway.TlsUrl, HttpMethod.Get, ("TE", "trailers")), TestContext.Current.CancellationToken);
        Assert.Equal("body", await response.BytesAsync());
        Assert.Equal(["x-sum: 7"], response.TrailingHeaders.Select(trailer => $"{trailer.Key}: {trailer.Value.Single()}"));
    }

    private static string WithLine(TestGateway gateway) => Requests.Html.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal);
}
