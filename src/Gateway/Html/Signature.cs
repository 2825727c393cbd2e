namespace Gateway.Html;

/// <summary>How a body's first bytes say it is encoded.</summary>
internal enum SignatureKind
{
    /// <summary>Too few bytes to tell.</summary>
    Unknown,
    /// <summary>A UTF-8 byte order mark, which outweighs every other declaration.</summary>
    Utf8,
    Utf16,
    /// <summary>No signature: an encoding in which ASCII stands for itself.</summary>
    None,
}

/// <summary>Reads the byte order mark, or what gives UTF-16 away without one (WHATWG Encoding, "BOM sniff").</summary>
internal static class Signature
{
    public const int Utf8Length = 3;

    /// <summary>ESC, which switches character sets in ISO-2022-JP: what follows may contain any ASCII byte.</summary>
    public const byte Escape = 0x1B;

    private const int Longest = 4;

    public static SignatureKind Read(ReadOnlySpan<byte> bytes, bool isComplete)
    {
        if (bytes.Length < Longest && !isComplete)
            return SignatureKind.Unknown;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return SignatureKind.Utf8;
        var start = bytes[..Math.Min(bytes.Length, Longest)];
        var isUtf16 = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || start.Contains((byte)0);
        return isUtf16 ? SignatureKind.Utf16 : SignatureKind.None;
    }
}
