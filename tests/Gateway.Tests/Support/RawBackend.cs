using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>The head of a request as received. Bytes are Latin-1 characters.</summary>
internal sealed record RawRequest(string Head)
{
    public string Method => Head.Split(' ', 2)[0];

    public string Target => Head.Split(' ', 3)[1];

    /// <summary>The only line of that name; null if there is none.</summary>
    public string? this[string name] => Values(name).SingleOrDefault();

    public IEnumerable<string> Values(string name) =>
        Head.Split("\r\n").Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim());
}

/// <summary>A backend that sends exactly the bytes of a test, also those that Kestrel would not send. One request per connection.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawRequest, NetworkStream, Task> _answer;
    private readonly Task _accepting;

    private RawBackend(Func<RawRequest, NetworkStream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = _listener.ServeAsync(ServeAsync);
    }

    public Uri Url { get; }

    public ConcurrentQueue<RawRequest> Received { get; } = new();

    /// <summary>Answers each request with the bytes of a text.</summary>
    public static RawBackend Start(Func<RawRequest, string> answer) =>
        new((request, stream) => WriteAsync(stream, answer(request)));

    /// <summary>Leaves the connection to the test; it is closed when the task ends.</summary>
    public static RawBackend Start(Func<RawRequest, NetworkStream, Task> answer) => new(answer);

    /// <summary>A response with the given header lines, and with Content-Length if it may have a body.</summary>
    public static string Response(string status, IEnumerable<string> head, string? body = null) =>
        string.Concat($"HTTP/1.1 {status}\r\n", string.Concat(head.Select(line => line + "\r\n")), "Connection: close\r\n",
            body is null ? "" : $"Content-Length: {body.Length}\r\n", "\r\n", body);

    public static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            if (await ReadHeadAsync(stream) is not { } request)
                return;

            Received.Enqueue(request);
            await _answer(request, stream);
        }
        catch (IOException)
        {
            // The peer closed the connection. Its side of the test has the reason.
        }
    }

    private static async Task<RawRequest?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Append((char)one[0]);
        }

        return new RawRequest(head.ToString());
    }
}
