using System.Buffers;

namespace Gateway.Html;

/// <summary>The first bytes of a body, in a pooled array with room for an insertion. Mutable: keep it in one field, and do not copy it.</summary>
/// <remarks>
/// The room is in front. An insertion moves the few bytes before it, and a read that is still pending may write after the last byte.
/// </remarks>
internal struct PeekBuffer(int capacity, int room, ArrayPool<byte> pool)
{
    private readonly ArrayPool<byte> _pool = pool;
    private readonly int _limit = room + capacity;
    private byte[]? _array = pool.Rent(room + capacity);
    private int _start = room;
    private int _end = room;

    /// <summary>The bytes that are not taken yet.</summary>
    public readonly ReadOnlySpan<byte> Bytes => Array.AsSpan(_start, _end - _start);

    public readonly bool IsEmpty => _start == _end;

    /// <summary>Where the next bytes go. The pool may have returned a longer array: its end is not used.</summary>
    public readonly Memory<byte> Free => Array.AsMemory(_end, _limit - _end);

    private readonly byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PeekBuffer));

    /// <summary>Adds bytes that were written to <see cref="Free"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Copies as many bytes as fit, and removes them.</summary>
    public int Take(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _end - _start);
        Bytes[..count].CopyTo(destination);
        _start += count;
        return count;
    }

    public void Skip(int count) => _start += count;

    /// <summary>Inserts a line at an offset into <see cref="Bytes"/>; once, and before any byte is taken.</summary>
    public void Insert(int offset, ReadOnlySpan<byte> line)
    {
        var moved = _start - line.Length;
        Array.AsSpan(_start, offset).CopyTo(Array.AsSpan(moved));
        line.CopyTo(Array.AsSpan(moved + offset));
        _start = moved;
    }

    /// <summary>Returns the array to the pool at the first call.</summary>
    public void Return()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            _pool.Return(array);
    }
}
