using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>The result of a load.</summary>
/// <param name="FirstBytes">Microseconds until the first byte, in order; not of the requests in between.</param>
internal sealed record Driven(int Requests, double Seconds, IReadOnlyList<double> FirstBytes)
{
    public double FirstByteMicroseconds => FirstByteOf(0.5);

    /// <param name="share">Of the requests whose first byte took no longer.</param>
    public double FirstByteOf(double share) => FirstBytes.Count == 0 ? 0 : FirstBytes[(int)(share * FirstBytes.Count)];
}

/// <summary>Sends one request repeatedly on a few persistent connections and reads every response to its end.</summary>
internal static class Load
{
    private const int Connections = 16;

    /// <param name="most">Time limit in seconds.</param>
    /// <param name="everyTenth">A request that takes the place of every tenth one.</param>
    public static async Task<Driven> DriveAsync(int port, string request, int requests, double most, string? everyTenth = null)
    {
        var (bytes, tenth) = (Encoding.Latin1.GetBytes(request), everyTenth is null ? null : Encoding.Latin1.GetBytes(everyTenth));
        var left = requests;
        var clock = Stopwatch.StartNew();
        var samples = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var client = new HttpConnection(await HttpConnection.ConnectAsync(port));
            var firstBytes = new List<double>();
            while (Interlocked.Decrement(ref left) is >= 0 and var at && clock.Elapsed.TotalSeconds < most)
            {
                if (tenth is not null && at % 10 == 0)
                    await client.AskAsync(tenth);
                else
                    firstBytes.Add(await client.AskAsync(bytes));
            }

            return firstBytes;
        })));
        var all = samples.SelectMany(sample => sample).Order().ToList();
        return new Driven(tenth is null ? all.Count : requests, clock.Elapsed.TotalSeconds, all);
    }
}

/// <summary>One connection of the load.</summary>
internal sealed class HttpConnection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];

    public Socket Socket => socket;

    public static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <returns>Microseconds until the first byte.</returns>
    public async Task<double> AskAsync(ReadOnlyMemory<byte> request)
    {
        var start = Stopwatch.GetTimestamp();
        await socket.SendAsync(request);
        var filled = await ReceiveAsync(_buffer);
        var first = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
            filled += await ReceiveAsync(_buffer.AsMemory(filled));

        var head = Encoding.Latin1.GetString(_buffer, 0, end);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidDataException(head);
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            await ReadChunksAsync(filled);
        else
            await SkipAsync(long.Parse(head.AsSpan(at + 16).TrimEnd().ToString().Split('\r')[0], CultureInfo.InvariantCulture) - (filled - end - 4));
        return first;
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer) =>
        await socket.ReceiveAsync(buffer) is > 0 and var count ? count : throw new EndOfStreamException("The proxy closed the connection within a response.");

    private async Task SkipAsync(long left)
    {
        while (left > 0)
            left -= await ReceiveAsync(_buffer);
    }

    // Only the last chunk is empty.
    private async Task ReadChunksAsync(int filled)
    {
        while (!_buffer.AsSpan(0, filled).EndsWith("\r\n0\r\n\r\n"u8))
        {
            var kept = Math.Min(filled, 7);
            _buffer.AsSpan(filled - kept, kept).CopyTo(_buffer);
            filled = kept + await ReceiveAsync(_buffer.AsMemory(kept));
        }
    }
}
