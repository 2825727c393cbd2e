using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>One HTTP/2 request with exactly the given header fields, which HttpClient would join or not send.</summary>
internal static class RawHttp2
{
    private const int FrameHead = 9;
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, GoAway = 7, WindowUpdate = 8;
    private const byte EndStream = 1, EndHeaders = 4, Ack = 1;

    /// <returns>The body of the response.</returns>
    public static async Task<string> GetAsync(Uri url, params (string Name, string Value)[] fields)
    {
        var (body, frame) = await ReadAsync(url, fields);
        return frame.Length == 0 ? body : throw new IOException(frame);
    }

    /// <returns>The body as far as it came, and the frame that ended it early: empty if there was none.</returns>
    public static async Task<(string Body, string Frame)> ReadAsync(Uri url, params (string Name, string Value)[] fields)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == TestCertificate.Subject,
        });
        (string, string)[] all = [(":method", "GET"), (":scheme", "https"), (":authority", "localhost"), (":path", "/"), .. fields];
        await stream.WriteAsync((byte[])[
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [0, 4, 0x40, 0, 0, 0]), .. Frame(WindowUpdate, 0, 0, [0x40, 0, 0, 0]),
            .. Frame(Headers, EndStream | EndHeaders, 1, [.. all.SelectMany(field => Literal(field.Item1, field.Item2))])]);
        return await ReadAnswerAsync(stream);
    }

    private static async Task<(string Body, string Frame)> ReadAnswerAsync(SslStream stream)
    {
        var body = new StringBuilder();
        var head = new byte[FrameHead];
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            var payload = new byte[(head[0] << 16) + (head[1] << 8) + head[2]];
            await stream.ReadExactlyAsync(payload);
            var (type, flags) = (head[3], head[4]);
            if (type is Reset or GoAway)
                return (body.ToString(), $"Frame {type}: {Convert.ToHexString(payload)}");
            if (type == Settings && (flags & Ack) == 0)
                await stream.WriteAsync(Frame(Settings, Ack, 0, []));
            if (type == Data)
                body.Append(Encoding.Latin1.GetString(payload));
            if (type is Data or Headers && (flags & EndStream) != 0)
                return (body.ToString(), "");
        }
    }

    private static byte[] Frame(byte type, int flags, int streamId, byte[] payload)
    {
        var frame = new byte[FrameHead + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length << 8);
        (frame[3], frame[4]) = (type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, FrameHead);
        return frame;
    }

    // RFC 7541 6.2.2: a literal without indexing, with a new name and without Huffman coding. Lengths here fit in seven bits.
    private static byte[] Literal(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), checked((byte)(value.Length < 127 ? value.Length : 256)), .. Encoding.Latin1.GetBytes(value)];
}
