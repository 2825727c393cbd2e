namespace Gateway.Html;

/// <summary>Takes bits from bytes, lowest bit first (RFC 1951 3.1.1).</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private ulong _bits;
    private int _count;

    /// <summary>The next bits, at least 32, without taking them; zeros behind the end.</summary>
    public uint Peek()
    {
        Fill();
        return (uint)_bits;
    }

    /// <param name="count">At most 32.</param>
    public bool Has(int count)
    {
        Fill();
        return count <= _count;
    }

    /// <summary>The next bits as a number.</summary>
    /// <param name="count">As many as <see cref="Has"/> said are there, at most 16.</param>
    public int Take(int count)
    {
        var taken = (int)(_bits & ((1u << count) - 1));
        Skip(count);
        return taken;
    }

    public void Skip(int count)
    {
        _bits >>= count;
        _count -= count;
    }

    public void AlignToByte() => Skip(_count % 8);

    private void Fill()
    {
        for (; _count <= 32 && _at < _bytes.Length; _count += 8)
            _bits |= (ulong)_bytes[_at++] << _count;
    }
}
