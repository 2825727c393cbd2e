using System.Net.Security;

namespace Gateway.Tests.Attacks;

/// <summary>What each connection of an attack does. It then waits until it is closed.</summary>
/// <param name="Name">On the command line and in the results.</param>
/// <param name="Protocol">With TLS; null without.</param>
internal sealed record Attack(string Name, SslApplicationProtocol? Protocol, Func<Stream, CancellationToken, Task> Act)
{
    private const int HeadLength = 118_000, Streams = 100;

    private static readonly byte[] Block = new byte[64 * 1024];

    public static readonly IReadOnlyList<Attack> All =
    [
        .. Http1("http", null),
        .. Http1("tls", SslApplicationProtocol.Http11),
        new("h2 idle", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, [], stop)),
        new("h2 heads", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, UnfinishedHead(), stop)),
        new("h2 bodies", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, Many(at => [.. Begin(at, isPost: true, "/image"), .. Frames.Data(at, [1])]), stop)),
        new("h2 uploads", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, Many(at => [.. Begin(at, isPost: true, "/stuck"), .. Frames.Data(at, Block[..640])]), stop)),
        new("h2 zero windows", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, Many(at => Begin(at, isPost: false, "/stream")), stop, window: 0)),
        new("h2 bombs", SslApplicationProtocol.Http2, (stream, stop) => Send(stream, Many(Bomb), stop)),
    ];

    public override string ToString() => Name;

    private static IEnumerable<Attack> Http1(string name, SslApplicationProtocol? protocol) =>
    [
        new($"{name} idle", protocol, (_, _) => Task.CompletedTask),
        new($"{name} heads", protocol, (stream, stop) => SendAsync(stream, $"GET / HTTP/1.1\r\nHost: localhost\r\n{ManyFields()}", stop)),
        new($"{name} bodies", protocol, (stream, stop) => SendAsync(stream, "POST /image HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx", stop)),
        new($"{name} readers", protocol, (stream, stop) => SendAsync(stream, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n", stop)),
        new($"{name} uploads", protocol, UploadAsync),
    ];

    private static async Task UploadAsync(Stream stream, CancellationToken stop)
    {
        await SendAsync(stream, "POST /stuck HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n", stop);
        for (var sent = 0; sent < 100_000_000; sent += Block.Length)
            await stream.WriteAsync(Block, stop);
    }

    private static string ManyFields() => string.Concat(Enumerable.Range(0, HeadLength / 1000).Select(at => $"X-{at}: {new string('x', 990)}\r\n"));

    private static Task SendAsync(Stream stream, string text, CancellationToken stop) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), stop).AsTask();

    private static Task Send(Stream stream, byte[] frames, CancellationToken stop, int window = 65_535) =>
        stream.WriteAsync((byte[])[.. Frames.Preface, .. Frames.Settings(window), .. frames], stop).AsTask();

    private static byte[] Many(Func<int, byte[]> frames) => [.. Enumerable.Range(0, Streams).SelectMany(at => frames((2 * at) + 1))];

    private static byte[] Begin(int stream, bool isPost, string path) =>
        Frames.Headers(stream, isPost ? Frames.EndHeaders : Frames.EndHeaders | Frames.EndStream, Frames.Request(isPost, path));

    private static byte[] UnfinishedHead() =>
    [
        .. Frames.Headers(1, Frames.EndStream, Frames.Request(isPost: false, "/image")),
        .. Enumerable.Range(0, HeadLength / 1000).SelectMany(at => Frames.Continuation(1, 0, Frames.Literal($"x-{at}", new string('x', 990)))),
    ];

    // One field of 3.9 kB, named 31 times.
    private static byte[] Bomb(int stream) =>
        Frames.Headers(stream, Frames.EndHeaders, [
            .. Frames.Request(isPost: true, "/image"),
            .. stream == 1 ? Frames.Indexed("x-bomb", new string('x', 3900)) : [],
            .. Frames.References(stream == 1 ? 30 : 31)]);
}
