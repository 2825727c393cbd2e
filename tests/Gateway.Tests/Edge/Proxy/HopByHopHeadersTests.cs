using System.Net.Sockets;
using System.Text;
using Gateway.Edge.Proxy;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Connections.Features;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Hop-by-hop headers, message framing and connection reuse.</summary>
public class HopByHopHeadersTests
{
    [Fact, Row("K7")]
    public async Task Headers_that_Connection_names_are_not_forwarded_in_either_direction()
    {
        var (answer, received) = await AskAsync(
            "HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-Hop: 1\r\nX-Kept: 2\r\nContent-Length: 1\r\n\r\nx",
            "GET / HTTP/1.0\nHost: localhost\nConnection: X-Secret\nX-Secret: 1\nX-Kept: 2\nTE: trailers\n\n");
        Assert.DoesNotContain("X-Hop", answer, StringComparison.Ordinal);
        Assert.Contains("X-Kept: 2", answer, StringComparison.Ordinal);
        Assert.Null(received["X-Secret"]);
        Assert.Equal("2", received["X-Kept"]);
    }

    [Theory, Row("K7")]
    [InlineData("keep-alive, X-Secret")]
    [InlineData("X-Secret, close")]
    [InlineData("Upgrade,X-Secret")]
    [InlineData("keep-alive\nConnection: X-Secret")]
    [InlineData("keep-alive; , x-secret")]
    public async Task A_header_that_Connection_names_next_to_an_option_is_not_forwarded(string connection)
    {
        var (answer, received) = await AskAsync(
            RawBackend.Response("200 OK", [], "x"), $"GET / HTTP/1.1\nHost: localhost\nConnection: {connection}\nX-Secret: 1\nX-Kept: 2\n\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Null(received["X-Secret"]);
        Assert.Equal("2", received["X-Kept"]);
    }

    [Theory]
    [InlineData("keep-alive;")]
    [InlineData("a b, (c)")]
    [InlineData("\u00e9")]
    public async Task Invalid_names_in_a_Connection_header_are_ignored(string connection)
    {
        var (answer, _) = await AskAsync(RawBackend.Response("200 OK", [], "x"), $"GET / HTTP/1.1\nHost: localhost\nConnection: {connection}\n\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_stays_open_after_a_request_that_names_no_header()
    {
        await using var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x"));
        var answers = await gateway.RawAsync(
            "GET /1 HTTP/1.1\nHost: localhost\nConnection: keep-alive\n\nGET /2 HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.Equal(2, answers.Split("HTTP/1.1 200").Length - 1);
    }

    [Fact, Row("K7", "K15")]
    public async Task A_client_cannot_remove_forwarded_headers_with_Connection()
    {
        var (_, received) = await AskAsync(
            RawBackend.Response("200 OK", [], "x"), "GET / HTTP/1.0\nHost: localhost\nConnection: X-Forwarded-For, X-Forwarded-Proto, Host\n\n");
        Assert.Equal("127.0.0.1", received["X-Forwarded-For"]);
        Assert.Equal("http", received["X-Forwarded-Proto"]);
        Assert.Equal("localhost", received["Host"]);
    }

    [Theory, Row("A11")]
    [InlineData("gzip, chunked")]
    [InlineData("x-custom")]
    public async Task A_response_in_an_unsupported_transfer_coding_gets_502(string coding)
    {
        var (answer, _) = await AskAsync(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\nConnection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n", "GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 502", answer, StringComparison.Ordinal);
    }

    [Fact, Row("K9")]
    public async Task A_request_with_both_Content_Length_and_chunks_does_not_reach_the_backend()
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", [], "x"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync(
            "POST / HTTP/1.1\nHost: localhost\nContent-Length: 4\nTransfer-Encoding: chunked\nX-Content-Length: 4\nConnection: close\n\n0\n\nGET /smuggled HTTP/1.1\n\n");
        Assert.DoesNotContain("200 OK", answer, StringComparison.Ordinal);
        Assert.Empty(backend.Received);
        Assert.Equal("x", await (await gateway.GetAsync("/")).BytesAsync());
    }

    [Fact, Row("A17")]
    public async Task Pipelined_requests_are_answered_in_order_each_with_its_own_length()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            var page = $"<html><head></head><body>{context.Request.Path}</body></html>";
            context.Response.ContentLength = page.Length;
            context.Response.Headers.SetCookie = "unlisted=1";
            return context.Response.WriteAsync(page);
        });
        static string Ask(string path, string connection) =>
            $"GET {path} HTTP/1.1\nHost: localhost\nSec-Fetch-Dest: document\nConnection: {connection}\n\n";
        var answers = await gateway.RawAsync(Ask("/1", "keep-alive") + Ask("/22", "keep-alive") + Ask("/333", "close"));
        for (var at = 0; at < 3; at++)
        {
            var head = answers[..(answers.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
            Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
            var length = int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
            var body = answers.Substring(head.Length, length);
            Assert.Equal($"<html><head>{PageInjectionTests.LineOf(gateway)}</head><body>{"/1 /22 /333".Split(' ')[at]}</body></html>", body);
            answers = answers[(head.Length + length)..];
        }

        Assert.Equal("", answers);
    }

    [Fact, Row("C2")]
    public async Task The_headers_of_an_event_stream_do_not_wait_for_the_first_event()
    {
        var end = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.SetCookie = "unlisted=1";
            await context.Response.Body.FlushAsync();
            await end.Task;
            await context.Response.WriteAsync("data: 1\n\n");
        });
        var request = Requests.To(gateway.Url, HttpMethod.Get, ("Accept", "text/event-stream"));
        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Empty(response.SetCookies());
        end.SetResult();
        Assert.Equal("data: 1\n\n", await response.BytesAsync());
    }

    /// <remarks>Servers close idle connections after five seconds or more. A request on a connection that is being closed is lost.</remarks>
    [Fact, Row("K16")]
    public async Task A_backend_connection_is_reused_and_closed_by_the_gateway_when_idle()
    {
        var closed = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(() => closed.TrySetResult());
            return context.Response.WriteAsync(context.Connection.Id);
        });
        var first = await (await gateway.GetAsync("/")).BytesAsync();
        Assert.Equal(first, await (await gateway.GetAsync("/")).BytesAsync());
        await closed.Task.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.NotEqual(first, await (await gateway.GetAsync("/")).BytesAsync());
    }

    [Fact, Row("K16")]
    public void A_connection_that_was_idle_for_five_seconds_is_not_reused()
    {
        using var handler = new SocketsHttpHandler();
        BackendClientFactory.Tune(handler);
        Assert.InRange(handler.PooledConnectionIdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.9));
    }

    [Fact, Row("K16")]
    public async Task No_request_is_lost_when_the_backend_closes_an_idle_connection()
    {
        await using var backend = RawBackend.Start((_, stream) => RawBackend.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        for (var request = 0; request < 200; request++)
            Assert.Equal("x", await (await gateway.GetAsync("/")).BytesAsync());
    }

    [Fact, Row("C7")]
    public async Task A_client_that_disconnects_during_the_peek_cancels_the_request_to_the_backend()
    {
        var gone = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><!-- ");
            await context.Response.Body.FlushAsync();
            await gone.Task;
        });
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Dest: document\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await Eventually.IsTrueAsync(() => gateway.Received.Count > 0);
        }

        await gone.Task.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
    }

    [Fact, Row("C6")]
    public async Task A_client_that_does_not_read_stops_the_backend_after_a_few_megabytes()
    {
        var sent = 0L;
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<html><head></head><body>");
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
                Interlocked.Add(ref sent, piece.Length);
            }
        });
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Dest: document\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Eventually.StandsStillAsync(() => Interlocked.Read(ref sent));
        Assert.InRange(Interlocked.Read(ref sent), 1, 32 * 1024 * 1024);
    }

    [Theory, Row("A9", "A10")]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public async Task A_body_without_a_length_reaches_HTTP_1_0_and_HTTP_1_1_clients(string version)
    {
        var (answer, _) = await AskAsync(
            "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil I close", $"GET / HTTP/{version}\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("until I close", answer, StringComparison.Ordinal);
        Assert.Equal(version == "1.1", answer.Contains("chunked", StringComparison.Ordinal));
    }

    [Theory, Row("A7", "A16")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx")]
    [InlineData("Bad Name: x\r\nContent-Length: 1\r\n\r\nx")]
    public async Task A_malformed_response_head_gets_502(string rest)
    {
        var (answer, _) = await AskAsync("HTTP/1.1 200 OK\r\n" + rest, "GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 502", answer, StringComparison.Ordinal);
    }

    [Fact, Row("A5")]
    public async Task A_response_with_both_Content_Length_and_chunks_is_read_as_chunks()
    {
        var (answer, _) = await AskAsync(
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.DoesNotContain("Content-Length", answer, StringComparison.Ordinal);
        Assert.Contains("abc", answer, StringComparison.Ordinal);
    }

    [Theory, Row("K4", "K9")]
    [InlineData("GET /caf\u00e9 HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nX-Folded: a\n b\nConnection: close\n\n")]
    public async Task A_request_that_Kestrel_cannot_parse_gets_400(string request)
    {
        await using var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x"));
        Assert.StartsWith("HTTP/1.1 400", await gateway.RawAsync(request), StringComparison.Ordinal);
        Assert.Equal("x", await (await gateway.GetAsync("/")).BytesAsync());
    }

    [Fact]
    public async Task A_client_that_expects_100_Continue_gets_it()
    {
        await using var gateway = await TestGateway.StartAsync(async context =>
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body, Encoding.Latin1).ReadToEndAsync()));
        var request = Requests.To(gateway.Url, HttpMethod.Post);
        request.Headers.ExpectContinue = true;
        request.Content = new StringContent("body");
        Assert.Equal("body", await (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).BytesAsync());
    }

    private static async Task<(string Answer, RawRequest Received)> AskAsync(string response, string request)
    {
        await using var backend = RawBackend.Start(_ => response);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync(request);
        return (answer, backend.Received.Last());
    }
}
