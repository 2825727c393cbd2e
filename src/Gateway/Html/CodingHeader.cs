using System.Buffers;
using System.Buffers.Binary;

namespace Gateway.Html;

/// <summary>Measures the header before the raw compressed data.</summary>
/// <remarks>
/// The checksums after the data are not read. Browsers ignore a wrong or missing one, and everything after the first member of a gzip
/// body; <see cref="System.IO.Compression.GZipStream"/> would end the page with an exception.
/// </remarks>
internal static class CodingHeader
{
    private const int DeflateMethod = 8;
    private const int GzipFixedLength = 10;

    /// <summary>Longer than any peek, and small enough to be added without overflow.</summary>
    private const int NotThere = 1 << 24;

    /// <returns>Done; NeedMoreData; or InvalidData where the body is not in this coding.</returns>
    public static OperationStatus Measure(ContentCoding coding, ReadOnlySpan<byte> body, out int length)
    {
        length = 0;
        return coding switch
        {
            ContentCoding.Gzip => MeasureGzip(body, out length),
            ContentCoding.Deflate => MeasureZlib(body, out length),
            ContentCoding.Brotli => OperationStatus.Done,
            _ => OperationStatus.InvalidData,
        };
    }

    /// <summary>RFC 1950 2.2, or no header: raw deflate data is never taken for one, because its padding bits are zero.</summary>
    private static OperationStatus MeasureZlib(ReadOnlySpan<byte> body, out int length)
    {
        const int NeedsDictionary = 0x20;
        length = 0;
        if (body.Length < 2)
            return OperationStatus.NeedMoreData;
        var isZlib = (body[0] & 0x0F) == DeflateMethod && BinaryPrimitives.ReadUInt16BigEndian(body) % 31 == 0;
        if (isZlib && (body[1] & NeedsDictionary) != 0)
            return OperationStatus.InvalidData;
        length = isZlib ? 2 : 0;
        return OperationStatus.Done;
    }

    /// <summary>RFC 1952 2.3.</summary>
    private static OperationStatus MeasureGzip(ReadOnlySpan<byte> body, out int length)
    {
        const int HeaderChecksum = 2, Extra = 4, Name = 8, Comment = 16, Reserved = 0xE0;
        length = 0;
        ReadOnlySpan<byte> magic = [0x1F, 0x8B, DeflateMethod];
        if (!magic.StartsWith(body[..Math.Min(body.Length, magic.Length)]))
            return OperationStatus.InvalidData;
        if (body.Length < GzipFixedLength)
            return OperationStatus.NeedMoreData;
        var flags = body[3];
        if ((flags & Reserved) != 0)
            return OperationStatus.InvalidData;

        var at = GzipFixedLength;
        if ((flags & Extra) != 0)
            at += body.Length < at + 2 ? NotThere : 2 + BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
        if ((flags & Name) != 0)
            at += TextLength(body, at);
        if ((flags & Comment) != 0)
            at += TextLength(body, at);
        if ((flags & HeaderChecksum) != 0)
            at += 2;
        length = at;
        return at > body.Length ? OperationStatus.NeedMoreData : OperationStatus.Done;
    }

    /// <summary>The length of a text with its terminating zero.</summary>
    private static int TextLength(ReadOnlySpan<byte> body, int at)
    {
        var length = at < body.Length ? body[at..].IndexOf((byte)0) : -1;
        return length < 0 ? NotThere : length + 1;
    }
}
