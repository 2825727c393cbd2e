using System.Buffers;
using System.IO.Compression;

namespace Gateway.Html;

/// <summary>
/// Decodes the start of a compressed body, no more of it than the search for the place needs, and inserts the line: into the gzip data
/// if that is possible (<see cref="GzipSplice"/>), and otherwise into the decoded body.
/// </summary>
/// <remarks>
/// It is also the stream that the decoder reads. Until the line is inserted into the decoded body, it reads only the bytes that have
/// arrived, and takes none of them from the raw body, which can still be sent from its first byte. When a source returns 0 bytes, the
/// decoders of System.IO.Compression keep their state, and continue when the source has more.
/// </remarks>
internal sealed class DecodedPeek(PeekedStream raw, PeekTerms terms, int lineLength, ArrayPool<byte> pool) : PullStream
{
    /// <summary>Decoded bytes between two scans. Most prologues end, and most charsets are declared, within one step.</summary>
    private const int Step = 2 * 1024;

    private PeekedStream? _decoded;
    private SpliceMemory.Place? _known;

    // What may be decoded of the raw body: at first only what the memory compares.
    private int _limit = int.MaxValue;
    private int _headerLength;
    private int _position;
    private bool _ownsRaw;

    /// <summary>Whether the line goes into the gzip data.</summary>
    public bool IsSplice { get; private set; } = !terms.MustDecode;

    /// <summary>Decodes what has arrived, as far as needed, and scans it.</summary>
    /// <param name="isLast">The body has ended, or the caller waits no longer.</param>
    public PrologueResult Look(bool isLast)
    {
        try
        {
            return Open() switch
            {
                OperationStatus.Done => _known?.Found ?? Scan(_decoded!, isLast),
                OperationStatus.NeedMoreData when !isLast => PrologueResult.NeedMore,
                OperationStatus.NeedMoreData when raw.Peeked.IsEmpty => PrologueResult.No(SkipReason.Empty),
                _ => PrologueResult.No(SkipReason.Coding),
            };
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // BrotliStream throws the second one for invalid data.
            return PrologueResult.No(SkipReason.Coding);
        }
    }

    /// <summary>Inserts the line.</summary>
    /// <param name="offset">Where, in the decoded body.</param>
    /// <returns>The body with the line, which owns the raw body.</returns>
    public Stream Insert(int offset, ReadOnlySpan<byte> line)
    {
        if (IsSplice)
        {
            Span<byte> block = stackalloc byte[GzipSplice.BlockLength(offset, line.Length)];
            GzipSplice.Write(_known is null ? _decoded!.Peeked[..offset] : _known.Prologue, line, block);
            var spliced = new GzipTrailer(raw, block.Length, GzipSplice.TextOf(block));
            raw.Insert(_headerLength, block);
            return spliced;
        }

        var decoded = _decoded!;
        decoded.Insert(offset, line);
        raw.Skip(_position);
        _ownsRaw = true;
        return decoded;
    }

    /// <summary>Frees the decoder, unless the line was inserted into the decoded body. The raw body is not changed.</summary>
    public void DropUnlessInserted()
    {
        if (!_ownsRaw)
            _decoded?.Dispose();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_ownsRaw)
            return raw.Read(buffer);
        var waiting = raw.Peeked[_position..Math.Min(_limit, raw.Peeked.Length)];
        var count = Math.Min(buffer.Length, waiting.Length);
        waiting[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _ownsRaw ? ReadToInflateAsync(buffer, cancellationToken) : new(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing && _ownsRaw)
            raw.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadToInflateAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await raw.ReadAsync(buffer, cancellationToken);
        await WorkerThread.Switch;
        return count;
    }

    private OperationStatus Open()
    {
        if (_decoded is not null || _known is not null)
            return OperationStatus.Done;
        var status = CodingHeader.Measure(terms.Coding, raw.Peeked, out _headerLength);
        if (status is not OperationStatus.Done)
            return status;

        IsSplice = IsSplice && GzipTrailer.IsExpectedAfter(raw.Peeked);
        if (IsSplice && terms.Memory is not null && raw.Peeked.Length >= _headerLength + SpliceMemory.Length)
        {
            _known = terms.Memory.Find(raw.Peeked[_headerLength..], lineLength, terms.CharsetIsNamed);
            if (_known is not null)
                return status;
            _limit = _headerLength + SpliceMemory.Length;
        }

        _position = _headerLength;
        Stream decoder = terms.Coding is ContentCoding.Brotli
            ? new BrotliStream(this, CompressionMode.Decompress)
            : new DeflateStream(this, CompressionMode.Decompress);
        _decoded = new(decoder, PrologueScanner.Limit, lineLength, pool);
        return status;
    }

    private PrologueResult Scan(PeekedStream decoded, bool isLast)
    {
        while (true)
        {
            var isDrained = decoded.FillAtOnce(IsSplice ? GzipSplice.NextStep(decoded.Peeked.Length) : Step) == 0;
            if (isDrained && _limit != int.MaxValue)
            {
                _limit = int.MaxValue;
                continue;
            }

            var found = Find(decoded.Peeked, isLast && isDrained);
            if (found.Verdict is Verdict.At && IsSplice && _limit != int.MaxValue)
                terms.Memory!.Add(raw.Peeked[_headerLength..], lineLength, terms.CharsetIsNamed, found, decoded.Peeked[..found.Offset]);
            if (isDrained || found.Verdict is not Verdict.NeedMore)
                return found;
        }
    }

    private PrologueResult Find(ReadOnlySpan<byte> decoded, bool isComplete)
    {
        if (IsSplice)
        {
            var found = GzipSplice.Find(decoded, isComplete, lineLength, terms.CharsetIsNamed);
            if (found.Reason is not SkipReason.Coding)
                return found;
            IsSplice = false;
        }

        return PrologueScanner.Scan(decoded, isComplete, terms.CharsetIsNamed ? 0 : lineLength);
    }
}
