namespace Gateway.Html;

/// <summary>The encoding of a body by its first bytes.</summary>
internal enum SignatureKind
{
    /// <summary>Too few bytes to decide.</summary>
    Unknown,
    /// <summary>A UTF-8 byte order mark, which overrides every other declaration.</summary>
    Utf8,
    Utf16,
    /// <summary>No signature: an encoding that extends ASCII.</summary>
    None,
}

/// <summary>Reads the byte order mark (WHATWG Encoding, "BOM sniff"), and recognises UTF-16 without one by its zero bytes.</summary>
internal static class Signature
{
    public const int Utf8Length = 3;

    /// <summary>ESC, which switches character sets in ISO-2022-JP. The characters after it may contain any ASCII byte.</summary>
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
