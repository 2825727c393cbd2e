using System.Buffers;
using System.Text;

namespace Gateway.Html;

/// <summary>The byte classes and lengths of HTML syntax that a prologue needs.</summary>
internal static class Markup
{
    private static readonly SearchValues<byte> Space = SearchValues.Create("\t\n\f\r "u8);

    private static readonly SearchValues<byte> EndOfName = SearchValues.Create("\t\n\f\r />"u8);

    /// <summary>The bytes that end the name of an attribute, except at its first byte.</summary>
    public static readonly SearchValues<byte> EndOfAttributeName = SearchValues.Create("\t\n\f\r />="u8);

    /// <summary>The bytes that end an unquoted value. The slash is not one of them.</summary>
    public static readonly SearchValues<byte> EndOfUnquotedValue = SearchValues.Create("\t\n\f\r >"u8);

    /// <summary>The number of white space bytes at the start.</summary>
    public static int SpaceLength(ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAnyExcept(Space);
        return length < 0 ? rest.Length : length;
    }

    /// <summary>The length of the name of a tag; -1 where its end has not arrived.</summary>
    public static int NameLength(ReadOnlySpan<byte> rest) => rest.IndexOfAny(EndOfName);

    /// <summary>The length of a comment that begins with <c>&lt;!--</c> (13.2.5.43 to 13.2.5.51); 0 when unfinished.</summary>
    public static int CommentLength(ReadOnlySpan<byte> rest)
    {
        const int Opening = 4;
        var content = rest[Opening..];
        if (content.StartsWith(">"u8))
            return Opening + 1;
        if (content.StartsWith("->"u8))
            return Opening + 2;
        for (var at = 0; content[at..].IndexOf("--"u8) is var dashes and >= 0; at += dashes + 1)
        {
            var end = content[(at + dashes + 2)..];
            if (end.StartsWith(">"u8))
                return Opening + at + dashes + 3;
            if (end.StartsWith("!>"u8))
                return Opening + at + dashes + 4;
        }

        return 0;
    }

    /// <summary>The length up to and including the first <c>&gt;</c>; 0 when unfinished.</summary>
    /// <remarks>Correct for bogus comments, and for doctypes, where it ends a quoted identifier too.</remarks>
    public static int LengthToClose(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'>') + 1;

    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase) => Ascii.EqualsIgnoreCase(name, lowerCase);
}
