using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>Responses are streamed: the client receives what the backend flushes, when it flushes it.</summary>
public class StreamingTests
{
    private static Task<HttpResponseMessage> OpenAsync(TestGateway gateway, HttpClient client, params (string, string)[] headers) =>
        client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, headers), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(Stream body, int length)
    {
        var bytes = new byte[length];
        await body.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        return Encoding.Latin1.GetString(bytes);
    }

    /// <remarks>The last case does not declare its charset, so it is delayed until the budget of 50 ms is over.</remarks>
    [Theory, Row("C1", "C3", "A2")]
    [InlineData("1.1", "text/html", "<meta charset=utf-8>")]
    [InlineData("2.0", "text/html", "<meta charset=utf-8>")]
    [InlineData("1.1", "text/html", "<title>no charset</title>")]
    public async Task Each_part_of_a_page_arrives_before_the_backend_sends_the_next(string version, string type, string first)
    {
        using var next = new SemaphoreSlim(0);
        string[] pieces = ["<!doctype html><html><head>" + first, "</head><body><p>one", "<p>two", "<p>three</body></html>"];
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                context.Response.ContentType = type;
                foreach (var piece in pieces)
                {
                    await context.Response.WriteAsync(piece);
                    await context.Response.Body.FlushAsync();
                    await next.WaitAsync(context.RequestAborted);
                }
            },
            config: TestCertificate.AlsoTls);
        var opening = OpenAsync(gateway, version == "2.0" ? gateway.Http2 : gateway.Client, Requests.Navigation);
        var response = await gateway.AdvanceUntilAsync(opening);
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Null(response.SaidLength());
        pieces[0] = pieces[0].Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal);
        foreach (var piece in pieces)
        {
            Assert.Equal(piece, await ReadAsync(body, piece.Length));
            next.Release();
        }

        Assert.Equal(0, await body.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact, Row("C2")]
    public async Task The_first_event_of_an_event_stream_arrives_at_once()
    {
        var end = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await end.Task;
            await context.Response.WriteAsync("data: 2\n\n");
        });
        var response = await OpenAsync(gateway, gateway.Client, [("Accept", "text/event-stream"), .. Requests.Fetch("empty", "cors", "same-origin")]);
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal("data: 1\n\n", await ReadAsync(body, 9));
        end.SetResult();
        Assert.Equal("data: 2\n\n", await ReadAsync(body, 9));
    }

    [Fact, Row("A14")]
    public async Task A_WebSocket_carries_bytes_both_ways_and_its_handshake_is_filtered()
    {
        await using var backend = RawBackend.Start(async (request, stream) =>
        {
            await RawBackend.WriteAsync(stream, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSet-Cookie: _ga=1\r\nSet-Cookie: sessionid=2\r\n\r\n");
            var bytes = new byte[64];
            for (var count = await stream.ReadAsync(bytes); count > 0; count = await stream.ReadAsync(bytes))
                await stream.WriteAsync(bytes.AsMemory(0, count));
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await RawBackend.WriteAsync(stream, "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nCookie: _ga=1; sessionid=2\r\n\r\n");
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head += await ReadAsync(stream, 1);
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: sessionid=2\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("_ga", head, StringComparison.Ordinal);
        Assert.Equal("sessionid=2", backend.Received.Single()["Cookie"]);
        foreach (var message in new[] { "one", "\u0000\u00ff\u0081 two", "three" })
        {
            await RawBackend.WriteAsync(stream, message);
            Assert.Equal(message, await ReadAsync(stream, message.Length));
        }
    }

    [Fact, Row("A14")]
    public async Task A_WebSocket_over_HTTP_2_reaches_a_backend_that_supports_only_HTTP_1()
    {
        await using var backend = RawBackend.Start(async (request, stream) =>
        {
#pragma warning disable CA5350 // RFC 6455 4.2.2 requires SHA-1.
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(request["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            await RawBackend.WriteAsync(stream, $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\nSet-Cookie: _ga=1\r\n\r\n");

            // The frame of the client is masked, the one of the server is not (RFC 6455 5.2).
            var frame = new byte[2 + 4 + 5];
            await stream.ReadExactlyAsync(frame);
            await stream.WriteAsync((byte[])[0x81, 5, .. frame[6..].Select((letter, at) => (byte)(letter ^ frame[2 + (at % 4)]))]);
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())], TestCertificate.AlsoTls);
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy, socket.Options.CollectHttpResponseDetails) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact, true);
        socket.Options.SetRequestHeader("Cookie", "_ga=1; sessionid=2");
        await socket.ConnectAsync(new UriBuilder(gateway.TlsUrl) { Scheme = "wss", Path = "/chat", Host = "localhost" }.Uri, gateway.Http2, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var answer = new byte[64];
        var received = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal("hello", Encoding.ASCII.GetString(answer, 0, received.Count));
        Assert.Equal("sessionid=2", backend.Received.Single()["Cookie"]);
        Assert.DoesNotContain("Set-Cookie", socket.HttpResponseHeaders!.Keys);
    }

    [Theory, Row("K10")]
    [InlineData("1.1", "application/octet-stream")]
    [InlineData("2.0", "text/html")]
    public async Task A_body_of_64_megabytes_passes_unchanged_both_ways(string version, string type)
    {
        var sent = new Blockwise(RandomNumberGenerator.GetBytes(1 << 20), 64);
        var uploaded = "";
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
                uploaded = Convert.ToHexString(await SHA256.HashDataAsync(context.Request.Body));
                context.Response.ContentType = type;
                await sent.CopyToAsync(context.Response.Body);
            },
            config: TestCertificate.AlsoTls);
        var client = version == "2.0" ? gateway.Http2 : gateway.Client;
        var request = Requests.To(client.BaseAddress!, HttpMethod.Post, Requests.Fetch("document", "navigate", "same-origin"));
        request.Content = sent;
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.Equal(sent.Hash, Convert.ToHexString(await SHA256.HashDataAsync(body, TestContext.Current.CancellationToken)));
        Assert.Equal(sent.Hash, uploaded);
    }

    /// <remarks>As long as the backend does not read, only the socket buffers are filled.</remarks>
    [Theory, Row("K10", "C3")]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task An_upload_of_128_megabytes_passes_without_being_buffered(string version)
    {
        var sent = new Blockwise(RandomNumberGenerator.GetBytes(1 << 20), 128);
        var (uploaded, reads) = ("", new TaskCompletionSource());
        await using var gateway = await TestGateway.StartAsync(
            async context =>
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
                context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
                await reads.Task;
                uploaded = Convert.ToHexString(await SHA256.HashDataAsync(context.Request.Body));
            },
            config: TestCertificate.AlsoTls);
        var client = version == "2.0" ? gateway.Http2 : gateway.Client;
        var request = Requests.To(client.BaseAddress!, HttpMethod.Post, Requests.ByScript);
        request.Content = sent;
        var answer = client.SendAsync(request, TestContext.Current.CancellationToken);
        await Eventually.StandsStillAsync(() => sent.Written);
        Assert.InRange(sent.Written, 1, 32);
        reads.SetResult();
        (await answer).Answers(HttpStatusCode.OK);
        Assert.Equal(sent.Hash, uploaded);
    }

    /// <remarks>It arrives after the upload: the .NET client sends an HTTP/1.1 request before it reads the response (README, Limits).</remarks>
    [Fact, Row("K10")]
    public async Task A_response_that_the_backend_sends_during_the_upload_arrives()
    {
        var answered = new TaskCompletionSource();
        await using var backend = RawBackend.Start(async (_, stream) =>
        {
            await RawBackend.WriteAsync(stream, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
            answered.SetResult();
            var rest = new byte[64 * 1024];
            while (await stream.ReadAsync(rest) > 0)
            {
                // The backend keeps reading after its response, otherwise the client would see a reset.
            }
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await RawBackend.WriteAsync(stream, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n0123456789");
        await answered.Task.WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        await RawBackend.WriteAsync(stream, "0123456789");
        Assert.Equal("HTTP/1.1 413", await ReadAsync(stream, "HTTP/1.1 413".Length));
    }

    /// <summary>Content that repeats one block.</summary>
    private sealed class Blockwise(byte[] block, int count) : HttpContent
    {
        public string Hash { get; } = HashOf(block, count);

        /// <summary>Number of blocks that were sent.</summary>
        public int Written { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var written = 0; written < count; written++)
            {
                await stream.WriteAsync(block);
                Written = written + 1;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private static string HashOf(byte[] block, int count)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (var added = 0; added < count; added++)
                hash.AppendData(block);
            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }
}
