using System.Buffers;

namespace Gateway.Tests.Html;

/// <summary>A pool that counts its rented arrays, and overwrites an array that is returned.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly HashSet<byte[]> _lent = [];

    public int Rented { get; private set; }

    public int Lent => _lent.Count;

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength + 1000];
        _lent.Add(array);
        Rented++;
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (!_lent.Remove(array))
            throw new InvalidOperationException("Returned twice, or never rented.");
        array.AsSpan().Fill((byte)'!');
    }
}
