using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Gateway.Html;

/// <summary>
/// A gzip body with an inserted stored block: holds back the last eight bytes, and corrects the checksum and the length in them
/// (RFC 1952 2.3.1).
/// </summary>
/// <remarks>
/// Browsers check neither; crawlers and command-line tools do. Some old pages have no trailer, or something else in its place, so that the
/// last eight bytes are data: a value that cannot be the length is not changed.
/// </remarks>
internal sealed class GzipTrailer : PullStream
{
    private const int Size = 8;

    // The highest compression ratio of deflate (zlib, "Technical Details").
    private const int MostPerByte = 1032;

    private readonly Stream _inner;
    private readonly int _blockLength;
    private readonly int _textLength;
    private readonly uint _textChecksum;
    private Held _held;
    private int _heldCount;
    private long _seen;
    private bool _isOver;
    private ExceptionDispatchInfo? _failure;

    /// <param name="inner">The body with the block.</param>
    /// <param name="blockLength">The length in bytes of the block in front of the data.</param>
    /// <param name="text">What the block adds to the decoded page.</param>
    public GzipTrailer(Stream inner, int blockLength, ReadOnlySpan<byte> text) =>
        (_inner, _blockLength, _textLength, _textChecksum) = (inner, blockLength, text.Length, Crc32.HashToUInt32(text));

    /// <summary>Whether an encoder wrote this gzip header. Some old scripts write one by hand in front of zlib data, and no trailer.</summary>
    /// <remarks>Then the last two bytes of the header are those of a zlib header: a level and a system that do not exist.</remarks>
    public static bool IsExpectedAfter(ReadOnlySpan<byte> header)
    {
        const int Level = 8, System = 9;
        return header[Level] is 0 or 2 or 4 && header[System] is <= 13 or 255;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _isOver ? new(TakeHeld(buffer.Span))
        : buffer.IsEmpty ? _inner.ReadAsync(buffer, cancellationToken)
        : ReadMoreAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadMoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var target = buffer.Length > Size ? buffer : new byte[buffer.Length + Size];
        while (true)
        {
            _held[.._heldCount].CopyTo(target.Span);
            var read = await ReadInnerAsync(target[_heldCount..], cancellationToken);
            if (read == 0)
                return TakeHeld(buffer.Span);

            _seen += read;
            var count = Hold(target.Span[..(_heldCount + read)], buffer.Length);
            if (buffer.Length <= Size)
                target[..count].CopyTo(buffer);
            if (count > 0)
                return count;
        }
    }

    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await _inner.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                Correct();
            _isOver = read == 0;
            return read;
        }
        catch (Exception error) when (_heldCount > 0)
        {
            // The body broke off: these bytes are data, and arrive before the error.
            (_isOver, _failure) = (true, ExceptionDispatchInfo.Capture(error));
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Holds back the end of what was read.</summary>
    /// <returns>How many bytes can be delivered.</returns>
    /// <remarks>After a flush (zlib's Z_SYNC_FLUSH) nothing is held back: more data follows, and the backend wants these bytes shown now.</remarks>
    private int Hold(ReadOnlySpan<byte> read, int most)
    {
        var count = read.EndsWith((ReadOnlySpan<byte>)[0, 0, 0xFF, 0xFF]) ? Math.Min(read.Length, most) : Math.Max(0, read.Length - Size);
        _heldCount = read.Length - count;
        read[count..].CopyTo(_held);
        return count;
    }

    private int TakeHeld(Span<byte> buffer)
    {
        if (_heldCount == 0)
            _failure?.Throw();
        var count = Math.Min(buffer.Length, _heldCount);
        _held[..count].CopyTo(buffer);
        _held[count..].CopyTo(_held);
        _heldCount -= count;
        return count;
    }

    private void Correct()
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_held[(Size / 2)..]);
        if (_heldCount < Size || length > (_seen - _blockLength) * MostPerByte)
            return;

        var checksum = Crc32Combiner.Combine(_textChecksum, BinaryPrimitives.ReadUInt32LittleEndian(_held), length);
        BinaryPrimitives.WriteUInt32LittleEndian(_held, checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(_held[(Size / 2)..], length + (uint)_textLength);
    }

    [InlineArray(Size)]
    private struct Held
    {
        private byte _first;
    }
}
