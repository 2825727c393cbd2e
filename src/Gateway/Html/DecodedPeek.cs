using System.Buffers;
using System.IO.Compression;

namespace Gateway.Html;

/// <summary>Looks at the start of a compressed body, decoding no more of it than the scanner asks for.</summary>
internal sealed class DecodedPeek(PeekedStream raw, ContentCoding coding, int lineLength, int pushed, ArrayPool<byte> pool) : IDisposable
{
    /// <summary>Decoded bytes between two looks. Most prologues end, and most charsets are declared, within one step.</summary>
    private const int Step = 2 * 1024;

    private DecoderSource? _source;
    private PeekedStream? _decoded;

    /// <summary>Decodes what has arrived, as far as needed, and scans it.</summary>
    public PrologueResult Look(bool isComplete)
    {
        try
        {
            return Open() switch
            {
                OperationStatus.Done => Scan(_decoded!, isComplete),
                OperationStatus.NeedMoreData when !isComplete => PrologueResult.NeedMore,
                OperationStatus.NeedMoreData when raw.Peeked.IsEmpty => PrologueResult.No(SkipReason.Empty),
                _ => PrologueResult.No(SkipReason.Coding),
            };
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // The second is how BrotliStream says the first.
            return PrologueResult.No(SkipReason.Coding);
        }
    }

    /// <summary>The decoded body with the line in it. It owns the raw one from now on.</summary>
    public Stream Insert(int offset, ReadOnlySpan<byte> line)
    {
        var body = _decoded!;
        body.Insert(offset, line);
        _source!.Release();
        _decoded = null;
        return body;
    }

    /// <summary>Drops the decoder, unless the line was put in; the raw body is as it was.</summary>
    public void Dispose() => _decoded?.Dispose();

    private OperationStatus Open()
    {
        if (_decoded is not null)
            return OperationStatus.Done;
        var status = CodingHeader.Measure(coding, raw.Peeked, out var length);
        if (status is not OperationStatus.Done)
            return status;
        _source = new(raw, length);
        Stream decoder = coding is ContentCoding.Brotli
            ? new BrotliStream(_source, CompressionMode.Decompress)
            : new DeflateStream(_source, CompressionMode.Decompress);
        _decoded = new(decoder, PrologueScanner.Limit, lineLength, pool);
        return status;
    }

    private PrologueResult Scan(PeekedStream decoded, bool isComplete)
    {
        while (true)
        {
            var isDrained = decoded.FillAtOnce(Step) == 0;
            var found = PrologueScanner.Scan(decoded.Peeked, isComplete && isDrained, pushed);
            if (isDrained || found.Verdict is not Verdict.NeedMore)
                return found;
        }
    }
}
