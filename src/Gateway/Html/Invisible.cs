namespace Gateway.Html;

/// <summary>Recognises what a reader does not see at the start of a page: white space, and characters without a width.</summary>
internal static class Invisible
{
    /// <summary>In UTF-8: byte order marks in the wrong place, and what text editors leave behind (U+00AD, U+200B to U+200F, U+2060).</summary>
    private static readonly byte[][] WithoutWidth =
    [
        [0xEF, 0xBB, 0xBF], [0xC2, 0xAD], [0xE2, 0x80, 0x8B], [0xE2, 0x80, 0x8C], [0xE2, 0x80, 0x8D], [0xE2, 0x80, 0x8E], [0xE2, 0x80, 0x8F], [0xE2, 0x81, 0xA0],
    ];

    private static readonly byte[][] NamedSpaces = ["&Tab;"u8.ToArray(), "&NewLine;"u8.ToArray()];

    /// <summary>The length of the white space at the start, as bytes or as character references; -1 where a reference is unfinished.</summary>
    public static int SpaceLength(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (true)
        {
            at += Markup.SpaceLength(rest[at..]);
            var reference = ReferenceLength(rest[at..]);
            if (reference < 0)
                return -1;
            if (reference == 0)
                return at;
            at += reference;
        }
    }

    /// <summary>The length of the character without a width at the start; 0 where there is none; -1 where it is unfinished.</summary>
    public static int Length(ReadOnlySpan<byte> rest) => Match(rest, WithoutWidth);

    /// <summary>The length of a reference to a white space character (WHATWG HTML 13.2.5.72 to 13.2.5.80).</summary>
    private static int ReferenceLength(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != '&')
            return 0;
        if (rest.Length > 1 && rest[1] != '#')
            return Match(rest, NamedSpaces);

        var isHexadecimal = rest.Length > 2 && (rest[2] | 0x20) == 'x';
        var start = isHexadecimal ? 3 : 2;
        var (at, number) = (start, 0);
        for (; at < rest.Length && Digit(rest[at], isHexadecimal) is >= 0 and var digit; at++)
            number = Math.Min((number * (isHexadecimal ? 16 : 10)) + digit, char.MaxValue);
        if (at >= rest.Length)
            return -1;
        if (at == start || number is not ('\t' or '\n' or '\f' or '\r' or ' '))
            return 0;
        return rest[at] == ';' ? at + 1 : at;
    }

    private static int Digit(byte c, bool isHexadecimal) =>
        char.IsAsciiDigit((char)c) ? c - '0' : isHexadecimal && char.IsAsciiHexDigit((char)c) ? (c | 0x20) - 'a' + 10 : -1;

    private static int Match(ReadOnlySpan<byte> rest, byte[][] all)
    {
        foreach (var one in all)
        {
            var length = Math.Min(one.Length, rest.Length);
            if (length > 0 && rest[..length].SequenceEqual(one.AsSpan(0, length)))
                return length == one.Length ? length : -1;
        }

        return 0;
    }
}
