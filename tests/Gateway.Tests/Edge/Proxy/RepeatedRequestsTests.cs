using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>A request that a closed backend connection lost is sent again, if that is safe (RFC 9110 9.2.2).</summary>
public class RepeatedRequestsTests
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Theory, Row("K16")]
    [InlineData("GET", 200, 2)]
    [InlineData("HEAD", 200, 2)]
    [InlineData("OPTIONS", 200, 2)]
    [InlineData("DELETE", 200, 2)]
    [InlineData("PUT", 200, 2)]
    [InlineData("POST", 502, 1)]
    [InlineData("PATCH", 502, 1)]
    [InlineData("LOCK", 502, 1)]
    public async Task An_idempotent_request_without_a_body_is_repeated_after_a_reset(string method, int status, int sent)
    {
        await using var backend = new KeptConnections((socket, number) => number == 1 ? Reset : Answer);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url)]);
        var response = await gateway.Client.SendAsync(Requests.To(gateway.Url, new HttpMethod(method)), TestContext.Current.CancellationToken);
        response.Answers((HttpStatusCode)status);
        Assert.Equal(sent, backend.Requests);
    }

    [Fact, Row("K16")]
    public async Task A_request_is_repeated_once_and_not_with_a_body()
    {
        await using var backend = new KeptConnections((_, _) => Reset);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url)]);
        (await gateway.GetAsync("/")).Answers(HttpStatusCode.BadGateway);
        Assert.Equal(2, backend.Requests);
        var put = Requests.To(gateway.Url, HttpMethod.Put);
        put.Content = new StringContent("body");
        (await gateway.Client.SendAsync(put, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.BadGateway);
        Assert.Equal(3, backend.Requests);
    }

    [Theory, Row("K16")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_request_with_a_body_is_sent_on_a_new_connection_if_the_old_one_is_closed(string method)
    {
        await using var backend = new KeptConnections((_, _) => Answer) { ClosesAfterAnswer = true };
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url)]);
        for (var count = 0; count < 20; count++)
        {
            await Eventually.IsTrueAsync(() => backend.Closed == count);
            var request = Requests.To(gateway.Url, new HttpMethod(method));
            request.Content = new StringContent("body " + count);
            (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
        }

        Assert.Equal(20, backend.Requests);
    }

    [Theory, Row("K16")]
    [InlineData("POST", 0, 1)]
    [InlineData("POST", 11, 2)]
    [InlineData("GET", 11, 1)]
    public async Task A_request_with_a_body_is_not_sent_on_a_connection_that_was_idle(string method, int idleMilliseconds, int connections)
    {
        await using var backend = new KeptConnections((_, _) => Answer);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url)]);
        for (var count = 0; count < 2; count++)
        {
            var request = Requests.To(gateway.Url, new HttpMethod(method));
            request.Content = method == "POST" ? new StringContent("body") : null;
            (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
            gateway.Time.Advance(TimeSpan.FromMilliseconds(idleMilliseconds));
        }

        Assert.Equal(connections, backend.Connections);
    }

    /// <remarks>nginx, Apache and many frameworks answer so and close, while the client still sends.</remarks>
    [Theory, Row("K10")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_that_the_backend_refuses_before_its_end_gets_the_answer_of_the_backend(bool hasLength)
    {
        await using var backend = RawBackend.Start(async (_, stream) =>
        {
            await RawBackend.WriteAsync(stream, "HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large");
            stream.Socket.Shutdown(SocketShutdown.Send);
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var request = Requests.To(gateway.Url, HttpMethod.Post);
        request.Headers.TransferEncodingChunked = !hasLength;
        request.Content = new ByteArrayContent(new byte[16 << 20]);
        var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.Answers(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("too large", await response.BytesAsync());
    }

    private const string Reset = "";

    /// <summary>A backend that keeps its connections open.</summary>
    private sealed class KeptConnections : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<Socket, int, string> _answer;
        private readonly Task _accepting;
        private int _connections;
        private int _requests;
        private int _closed;

        public KeptConnections(Func<Socket, int, string> answer)
        {
            _answer = answer;
            _listener.Start();
            _accepting = _listener.ServeAsync(client => ServeAsync(client.Client));
        }

        public bool ClosesAfterAnswer { get; init; }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public int Connections => _connections;

        public int Requests => _requests;

        public int Closed => Volatile.Read(ref _closed);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
        }

        private async Task ServeAsync(Socket socket)
        {
            Interlocked.Increment(ref _connections);
            using var reader = new StreamReader(new NetworkStream(socket, ownsSocket: true));
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    var length = 0;
                    for (; line is { Length: > 0 }; line = await reader.ReadLineAsync())
                        length = line.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(line[16..]) : length;
                    if (length > 0)
                        await reader.ReadBlockAsync(new char[length]);
                    var answer = _answer(socket, Interlocked.Increment(ref _requests));
                    if (answer == Reset)
                    {
                        socket.Close(0);
                        return;
                    }

                    await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer));
                    if (ClosesAfterAnswer)
                        break;
                }
            }
            catch (IOException)
            {
                // The gateway closed the connection.
            }

            socket.Dispose();
            Interlocked.Increment(ref _closed);
        }
    }
}
