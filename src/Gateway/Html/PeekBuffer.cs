using System.Buffers;

namespace Gateway.Html;

/// <summary>The first bytes of a body, in a pooled array with room for a line.</summary>
/// <remarks>
/// The room is in front: a line is put in by moving the few bytes before it, while a read that is still pending may write
/// behind the last byte.
/// </remarks>
internal sealed class PeekBuffer(int capacity, int room, ArrayPool<byte> pool)
{
    private byte[]? _array = pool.Rent(room + capacity);
    private readonly int _limit = room + capacity;
    private int _start = room;
    private int _end = room;

    /// <summary>The bytes that are waiting to be taken.</summary>
    public ReadOnlySpan<byte> Bytes => Array.AsSpan(_start, _end - _start);

    public bool IsEmpty => _start == _end;

    /// <summary>Where the next bytes go. Not the whole array, which the pool may have made larger.</summary>
    public Memory<byte> Free => Array.AsMemory(_end, _limit - _end);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PeekBuffer));

    /// <summary>Counts bytes in that were written to <see cref="Free"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Copies what fits, and forgets it here.</summary>
    public int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _end - _start);
        Bytes[..count].CopyTo(destination);
        _start += count;
        return count;
    }

    public void Skip(int count) => _start += count;

    /// <summary>Puts a line in at an offset into <see cref="Bytes"/>; possible once, before anything was taken.</summary>
    public void Insert(int offset, ReadOnlySpan<byte> line)
    {
        var moved = _start - line.Length;
        Array.AsSpan(_start, offset).CopyTo(Array.AsSpan(moved));
        line.CopyTo(Array.AsSpan(moved + offset));
        _start = moved;
    }

    /// <summary>Gives the array back to the pool, the first time this is called.</summary>
    public void Return()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            pool.Return(array);
    }
}
