namespace Gateway.Html;

/// <summary>The checksum of gzip (RFC 1952 8), and how two of them make the one of both texts, one after the other.</summary>
internal static class Crc32
{
    // The polynomial and all values have the coefficient of x^0 in their highest bit.
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;

    private static readonly uint[] OfByte = [.. Enumerable.Range(0, 256).Select(value => Shift((uint)value, 8))];

    // x to the power of 8, 16, 32 ...: what appending 1, 2, 4 ... zero bytes does to a checksum.
    private static readonly uint[] ZeroBytes = Powers();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = OfByte[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>The checksum of two texts in a row, without seeing either of them.</summary>
    /// <param name="secondLength">In bytes.</param>
    public static uint Combine(uint first, uint second, uint secondLength)
    {
        for (var bit = 0; secondLength != 0; bit++, secondLength >>= 1)
        {
            if ((secondLength & 1) != 0)
                first = Multiply(first, ZeroBytes[bit]);
        }

        return first ^ second;
    }

    private static uint[] Powers()
    {
        var powers = new uint[32];
        powers[0] = One >> 8;
        for (var at = 1; at < powers.Length; at++)
            powers[at] = Multiply(powers[at - 1], powers[at - 1]);
        return powers;
    }

    private static uint Shift(uint value, int times)
    {
        for (; times > 0; times--)
            value = (value >> 1) ^ ((value & 1) == 0 ? 0 : Polynomial);
        return value;
    }

    private static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (; left != 0; left <<= 1, right = Shift(right, 1))
        {
            if ((left & One) != 0)
                product ^= right;
        }

        return product;
    }
}
