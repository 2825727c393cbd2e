using System.Buffers;

namespace Gateway.Html;

/// <summary>Searches the start of a body for the line's place, in whatever coding it came, and puts the line in.</summary>
/// <remarks>It changes while it looks, and lives in one variable of one method: a copy would not know what was found.</remarks>
internal struct PageSearch(
    PeekedStream body, ContentCoding coding, PeekTerms terms, ReadOnlyMemory<byte> line, ArrayPool<byte> pool) : IDisposable
{
    private readonly int _pushed = terms.CharsetIsNamed ? 0 : line.Length;
    private bool _isSplice = coding is ContentCoding.Gzip && !terms.IsUninvited;
    private byte[]? _block;
    private int _blockLength;
    private DecodedPeek? _decoded;

    /// <summary>The room that a line takes in front of what was peeked.</summary>
    public static int RoomFor(ContentCoding coding, int lineLength) => coding is ContentCoding.Gzip ? GzipSplice.Room : lineLength;

    /// <summary>Looks at what has arrived.</summary>
    /// <param name="isLast">Nothing follows, or nothing shall be waited for.</param>
    public PrologueResult Look(bool isLast)
    {
        if (coding is ContentCoding.Identity)
            return PrologueScanner.Scan(body.Peeked, isLast, _pushed);
        if (_isSplice)
        {
            var found = GzipSplice.Look(body.Peeked, isLast, line.Span, terms.CharsetIsNamed, _block ??= pool.Rent(GzipSplice.Room), out _blockLength);
            if (found.Reason is not SkipReason.Coding)
                return found;
            _isSplice = false;
        }

        _decoded ??= new DecodedPeek(body, coding, line.Length, _pushed, pool);
        return _decoded.Look(isLast);
    }

    /// <summary>By how many bytes the body will be longer, in its coding; null where it will be decoded.</summary>
    public readonly int? Added => _decoded is not null ? null : _isSplice ? _blockLength : line.Length;

    /// <summary>The body with the line in it.</summary>
    /// <param name="found">What the last look found.</param>
    public readonly PeekOutcome Insert(PrologueResult found)
    {
        if (_decoded is not null)
            return new(null, Decoded: true, Added: 0, _decoded.Insert(found.Offset, line.Span));

        var added = _isSplice ? _block.AsSpan(0, _blockLength) : line.Span;
        body.Insert(found.Offset, added);
        return new(null, Decoded: false, added.Length, _isSplice ? new GzipTrailer(body, added) : body);
    }

    public readonly void Dispose()
    {
        _decoded?.Dispose();
        if (_block is not null)
            pool.Return(_block);
    }
}
