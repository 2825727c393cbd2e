using System.Buffers.Binary;
using System.Text;

namespace Gateway.Tests.Attacks;

/// <summary>HTTP/2 frames (RFC 9113) and header blocks (RFC 7541), byte by byte.</summary>
internal static class Frames
{
    public const int EndStream = 1, EndHeaders = 4;

    public static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    public static byte[] Headers(int stream, int flags, byte[] block) => Frame(1, flags, stream, block);

    public static byte[] Continuation(int stream, int flags, byte[] block) => Frame(9, flags, stream, block);

    public static byte[] Data(int stream, byte[] data) => Frame(0, 0, stream, data);

    /// <summary>The settings of the client: the window of each stream.</summary>
    public static byte[] Settings(int window)
    {
        var payload = new byte[6];
        payload[1] = 4;
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(2), window);
        return Frame(4, 0, 0, payload);
    }

    /// <summary>The pseudo-header fields of a request. Method and scheme are entries of the static table.</summary>
    public static byte[] Request(bool isPost, string path) =>
        [(byte)(isPost ? 0x83 : 0x82), 0x87, .. Literal(":path", path), .. Literal(":authority", "localhost")];

    /// <summary>A field that is not put into the table.</summary>
    public static byte[] Literal(string name, string value) => [0, .. Text(name), .. Text(value)];

    /// <summary>A field that is put into the table.</summary>
    public static byte[] Indexed(string name, string value) => [0x40, .. Text(name), .. Text(value)];

    /// <summary>References to the entry that was put into the table last.</summary>
    public static byte[] References(int count) => [.. Enumerable.Repeat((byte)(0x80 | 62), count)];

    private static byte[] Text(string text) => [.. Length(text.Length), .. Encoding.Latin1.GetBytes(text)];

    // An integer with a prefix of seven bits.
    private static byte[] Length(int length)
    {
        if (length < 127)
            return [(byte)length];

        var bytes = new List<byte> { 127 };
        for (length -= 127; length >= 128; length >>= 7)
            bytes.Add((byte)((length & 127) | 128));
        return [.. bytes, (byte)length];
    }

    private static byte[] Frame(byte type, int flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length << 8);
        (frame[3], frame[4]) = (type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }
}
