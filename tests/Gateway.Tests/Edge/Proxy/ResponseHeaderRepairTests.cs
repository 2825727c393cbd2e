using System.Text;
using Gateway.Sites;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>The length of a response is always correct: the body has the announced length, or the connection is aborted.</summary>
public class ResponseHeaderRepairTests
{
    private const string Start = "<html><head>";

    private const string Navigation = "Sec-Fetch-Dest: document\nAccept-Encoding: gzip\nConnection: close\n\n";

    [Fact, Row("A1")]
    public async Task The_length_of_a_page_of_any_size_is_exact()
    {
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                var page = Page(int.Parse(context.Request.Query["length"]!));
                if (context.Request.Path == "/gzip")
                {
                    context.Response.Headers.ContentEncoding = "gzip";
                    page = Coded.Encode("gzip", page);
                }

                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.ContentLength = page.Length;
                await context.Response.Body.WriteAsync(page);
            },
            config: TestCertificate.AlsoTls);
        int[] borders = [64, 1024, 4 * 1024, 16 * 1024, 32 * 1024, 64 * 1024];
        foreach (var length in borders.SelectMany(border => new[] { border - 1, border, border + 1 }))
        {
            var page = Encoding.ASCII.GetString(Page(length));
            foreach (var client in new[] { gateway.Client, gateway.Http2 })
            {
                foreach (var path in new[] { "/plain", "/gzip" })
                {
                    var request = Requests.To(new Uri(client.BaseAddress!, $"{path}?length={length}"), HttpMethod.Get, [.. Requests.Navigation, ("Accept-Encoding", "gzip")]);
                    var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                    var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                    Assert.Equal(body.Length, response.SaidLength());
                    Assert.Equal(
                        Start + PageInjectionTests.LineOf(gateway) + (path == "/gzip" ? page : page[Start.Length..]),
                        Encoding.ASCII.GetString(path == "/gzip" ? Coded.Check(body) : body));
                }
            }
        }
    }

    [Fact, Row("A2")]
    public async Task A_prologue_that_takes_too_long_passes_with_its_own_bytes_length_and_tag()
    {
        string[] pieces = ["<!doctype html>", "<html>", "<!-- slow", " --><head></head><body>hello</body></html>"];
        using var next = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = pieces.Sum(piece => piece.Length);
            context.Response.Headers.ETag = "\"1\"";
            foreach (var piece in pieces)
            {
                await context.Response.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
                await next.WaitAsync(context.RequestAborted);
            }
        });
        using var counted = new CountedPages(gateway);
        var opening = gateway.Client.SendAsync(
            Requests.To(gateway.Url, HttpMethod.Get, Requests.Navigation), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var response = await gateway.AdvanceUntilAsync(opening);
        next.Release(pieces.Length);
        Assert.Equal(string.Concat(pieces), await response.BytesAsync());
        Assert.Equal((string.Concat(pieces).Length, "\"1\""), (response.SaidLength(), response.Line("ETag")));
        Assert.Equal(["slow_prologue"], counted.Results);
    }

    [Theory, Row("A3")]
    [InlineData("Content-Length: 5000")]
    [InlineData("Content-Length: 300", "Content-Encoding: gzip", "Vary: Accept-Encoding, Sec-Fetch-Dest, Upgrade-Insecure-Requests")]
    [InlineData("Content-Length: 300", "Content-Encoding: br", "Cache-Control: no-transform")]
    [InlineData("Content-Length: 0", "Content-Encoding: deflate")]
    [InlineData("X-No-Length: 1")]
    public async Task Headers_of_a_response_without_a_body_are_not_changed(params string[] head)
    {
        string[] lines = [.. head, "Content-Type: text/html", "ETag: \"1\"", "Accept-Ranges: bytes", "Content-MD5: x"];
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", lines));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync("HEAD / HTTP/1.1\nHost: localhost\n" + Navigation.Replace("document", "empty", StringComparison.Ordinal));
        Assert.Equal("HEAD", backend.Received.Single().Method);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Subset(answer.Split("\r\n").ToHashSet(), lines.ToHashSet());
        Assert.Equal(head.Contains("X-No-Length: 1"), !answer.Contains("Content-Length", StringComparison.Ordinal));
    }

    [Theory, Row("A4")]
    [InlineData("204 No Content", 11, "")]
    [InlineData("205 Reset Content", 0, "")]
    [InlineData("205 Reset Content", 11, "hello world")]
    [InlineData("304 Not Modified", 11, "")]
    public async Task A_response_that_cannot_have_a_body_gets_none(string status, int length, string body)
    {
        await using var backend = RawBackend.Start(_ =>
            $"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\nSet-Cookie: sessionid=1\r\n"
            + $"Set-Cookie: _ga=1\r\nConnection: close\r\n\r\n{body}");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\n" + Navigation);
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: sessionid=1\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("_ga", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(status[..3] == "304", answer.Contains("Content-Length: 11\r\n", StringComparison.Ordinal));
    }

    [Theory, Row("A8")]
    [InlineData("length")]
    [InlineData("chunks")]
    [InlineData("gzip")]
    public async Task A_truncated_response_is_seen_as_truncated_wherever_it_ends(string framing)
    {
        var (whole, length) = (Whole(framing), 0);
        await using var backend = RawBackend.Start((_, stream) => RawBackend.WriteAsync(stream, whole[..length]));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        for (; length < whole.Length; length++)
        {
            string answer;
            try
            {
                answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\n" + Navigation);
            }
            catch (IOException)
            {
                continue;
            }

            if (answer.StartsWith("HTTP/1.1 502", StringComparison.Ordinal))
                Assert.DoesNotContain("script", answer, StringComparison.Ordinal);
            else
                Assert.False(IsWhole(answer), $"Cut at {length} it looked whole: {answer}");
        }

        Assert.True(IsWhole(await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\n" + Navigation)));
    }

    [Fact, Row("A10")]
    public async Task A_page_for_an_HTTP_1_0_client_has_the_script_element_and_no_chunks()
    {
        await using var backend = RawBackend.Start(_ => Whole("chunks"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync("GET / HTTP/1.0\nHost: localhost\nSec-Fetch-Dest: document\nAccept-Encoding: gzip\n\n");
        Assert.DoesNotContain("Transfer-Encoding", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(WithLine(gateway), answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    [Theory, Row("A12")]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_page_with_the_script_element_keeps_its_trailers(string version)
    {
        await using var backend = RawBackend.Start(_ => Whole("chunks")[..^2] + "X-Sum: 7\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())], TestCertificate.AlsoTls);
        var client = version == "2.0" ? gateway.Http2 : gateway.Client;
        var response = await client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, [.. Requests.Navigation, ("TE", "trailers")]), TestContext.Current.CancellationToken);
        Assert.Equal(WithLine(gateway), await response.BytesAsync());
        Assert.Equal(version == "2.0", response.TrailingHeaders.TryGetValues("X-Sum", out var sums) && sums.Single() == "7");
    }

    [Fact, Row("A13", "I17")]
    public async Task Interim_responses_set_no_cookies_and_do_not_disturb_the_page()
    {
        const string Hint = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nSet-Cookie: _ga=1\r\n\r\n";
        await using var backend = RawBackend.Start(_ => Hint + Hint + "HTTP/1.1 102 Processing\r\n\r\n" + Hint + Whole("length"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(WithLine(gateway), await response.BytesAsync());
        Assert.Empty(response.SetCookies());
    }

    [Fact, Row("A15", "I6")]
    public async Task No_control_character_in_a_header_reaches_the_client()
    {
        for (var code = 0; code <= 0x20; code++)
        {
            var control = (char)(code == 0x20 ? 0x7F : code);
            await using var backend = RawBackend.Start(_ => RawBackend.Response(
                "200 OK", [$"Set-Cookie: sessionid=a{control}b", "Set-Cookie: csrftoken=kept", $"X-Odd: a{control}b", "X-Kept: yes"], "the page"));
            await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
            var answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            if (control == '\n')
            {
                // It ends the line, and the rest is not a header.
                Assert.StartsWith("HTTP/1.1 502", answer, StringComparison.Ordinal);
                continue;
            }

            Assert.True(answer.StartsWith("HTTP/1.1 200 OK\r\n", StringComparison.Ordinal), $"{code:x}: {answer}");
            Assert.Contains("\r\nSet-Cookie: csrftoken=kept\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("\r\nX-Kept: yes\r\n", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nthe page", answer, StringComparison.Ordinal);
            Assert.DoesNotContain(answer.Replace("\r\n", "", StringComparison.Ordinal), c => char.IsControl(c) && c is not '\t');
        }
    }

    [Theory, Row("A15", "I6")]
    [InlineData("Set-Cookie: sessionid=a\u0001b")]
    [InlineData("Connection: Set-Cookie", "Set-Cookie: sessionid=1")]
    [InlineData("Connection: X-Odd, set-cookie", "Set-Cookie: sessionid=1", "X-Odd: 1")]
    public async Task A_response_that_lost_a_cookie_is_private_whatever_removed_the_cookie(params string[] head)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", [.. head, "Cache-Control: max-age=60"], "text"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        foreach (var mode in new[] { SiteMode.Enforce, SiteMode.Observe, SiteMode.Off })
        {
            await gateway.SwapAsync(site => site with { Mode = mode, ObserveUntil = TestSites.Today });
            var response = await gateway.GetAsync("/");
            Assert.Empty(response.SetCookies());
            Assert.Equal((mode, "max-age=60, private"), (mode, response.Line("Cache-Control")));
        }
    }

    private static byte[] Page(int length)
    {
        var page = new byte[length];
        new Random(length).GetItems("abcdefghijklmnopqrstuvwxyz "u8, page);
        Encoding.ASCII.GetBytes(Start).CopyTo(page, 0);
        return page;
    }

    private static string WithLine(TestGateway gateway) => Requests.Html.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal);

    private static string Whole(string framing)
    {
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
        var gzip = Encoding.Latin1.GetString(Coded.Encode("gzip", Encoding.ASCII.GetBytes(Requests.Html)));
        return framing switch
        {
            "length" => $"{Head}Content-Length: {Requests.Html.Length}\r\n\r\n{Requests.Html}",
            "gzip" => $"{Head}Content-Encoding: gzip\r\nContent-Length: {gzip.Length}\r\n\r\n{gzip}",
            _ => $"{Head}Transfer-Encoding: chunked\r\n\r\n1e\r\n{Requests.Html[..30]}\r\n{Requests.Html.Length - 30:x}\r\n{Requests.Html[30..]}\r\n0\r\n\r\n",
        };
    }

    private static bool IsWhole(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var (head, body) = (answer[..end] + "\r\n", answer[(end + 4)..]);
        return head.Contains("chunked", StringComparison.Ordinal)
            ? body.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            : head.Contains($"Content-Length: {body.Length}\r\n", StringComparison.Ordinal);
    }
}
