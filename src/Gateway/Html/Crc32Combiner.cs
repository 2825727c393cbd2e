namespace Gateway.Html;

/// <summary>Computes the CRC-32 (RFC 1952 8) of two texts in a row from the checksum of each.</summary>
internal static class Crc32Combiner
{
    // The polynomial and all values have the coefficient of x^0 in their highest bit.
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;

    // x to the power of 8, 16, 32 ...: the factors for 1, 2, 4 ... appended zero bytes.
    private static readonly uint[] ZeroBytes = Powers();

    /// <param name="first">The checksum of the first text.</param>
    /// <param name="second">The checksum of the second text.</param>
    /// <param name="secondLength">The length of the second text in bytes.</param>
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

    private static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (; left != 0; left <<= 1, right = TimesX(right))
        {
            if ((left & One) != 0)
                product ^= right;
        }

        return product;
    }

    private static uint TimesX(uint value) => (value >> 1) ^ ((value & 1) == 0 ? 0 : Polynomial);
}
