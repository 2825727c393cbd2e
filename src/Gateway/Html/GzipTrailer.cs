using System.Buffers.Binary;

namespace Gateway.Html;

/// <summary>
/// A gzip body in front of whose data a text was put: holds its last eight bytes back, and corrects in them the checksum and the
/// length (RFC 1952 2.3.1).
/// </summary>
/// <remarks>
/// Browsers look at neither; crawlers and command lines do. Old pages come without a trailer, or with something else in its place, and
/// their last eight bytes are data: what cannot be a length is left as it is.
/// </remarks>
internal sealed class GzipTrailer(Stream inner, byte[] block) : PullStream
{
    private const int Size = 8;

    // Deflate makes of 1032 bytes at best one (zlib, "Technical Details"), and of one byte little more than one.
    private const int MostPerByte = 1032;

    private readonly byte[] _held = new byte[Size];
    private int _heldCount;
    private long _seen;
    private bool _isOver;

    /// <summary>Whether the header of a body is one that real coders write; some old scripts forge it, and forget the trailer.</summary>
    /// <remarks>Their last two header bytes are those of a zlib body: a level and a system that do not exist.</remarks>
    public static bool IsExpectedAfter(ReadOnlySpan<byte> header)
    {
        const int Level = 8, System = 9;
        return header[Level] is 0 or 2 or 4 && header[System] is <= 13 or 255;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver)
            return TakeHeld(buffer.Span);
        if (buffer.IsEmpty)
            return await inner.ReadAsync(buffer, cancellationToken);

        var target = buffer.Length > Size ? buffer : new byte[buffer.Length + Size];
        while (true)
        {
            _held.AsSpan(0, _heldCount).CopyTo(target.Span);
            var read = await inner.ReadAsync(target[_heldCount..], cancellationToken);
            if (read == 0)
            {
                _isOver = true;
                Correct();
                return TakeHeld(buffer.Span);
            }

            _seen += read;
            var count = Hold(target.Span[..(_heldCount + read)], buffer.Length);
            if (buffer.Length <= Size)
                target[..count].CopyTo(buffer);
            if (count > 0)
                return count;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var copy = new byte[buffer.Length];
        var count = ReadAsync(copy).AsTask().GetAwaiter().GetResult();
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Keeps the end of what was read.</summary>
    /// <returns>How much in front of it can go.</returns>
    /// <remarks>Behind a flush (zlib's Z_SYNC_FLUSH) the page goes on: whoever sent so much wants it shown.</remarks>
    private int Hold(ReadOnlySpan<byte> read, int most)
    {
        var count = read.EndsWith((ReadOnlySpan<byte>)[0, 0, 0xFF, 0xFF]) ? Math.Min(read.Length, most) : Math.Max(0, read.Length - Size);
        _heldCount = read.Length - count;
        read[count..].CopyTo(_held);
        return count;
    }

    private int TakeHeld(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _heldCount);
        _held.AsSpan(0, count).CopyTo(buffer);
        _held.AsSpan(count).CopyTo(_held);
        _heldCount -= count;
        return count;
    }

    private void Correct()
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_held.AsSpan(Size / 2));
        if (_heldCount < Size || length > (_seen - block.Length) * MostPerByte)
            return;

        var text = GzipSplice.TextOf(block);
        var checksum = Crc32.Combine(Crc32.Of(text), BinaryPrimitives.ReadUInt32LittleEndian(_held), length);
        BinaryPrimitives.WriteUInt32LittleEndian(_held, checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(_held.AsSpan(Size / 2), length + (uint)text.Length);
    }
}
