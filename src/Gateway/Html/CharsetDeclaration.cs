namespace Gateway.Html;

/// <summary>
/// Keeps the <c>&lt;meta charset&gt;</c> of a page where browsers search for it: completely within the first 1024 bytes (WHATWG HTML
/// 4.2.5.4 and 13.2.3.2). If it moves further, some browsers guess another encoding, and some load the page twice.
/// </summary>
internal static class CharsetDeclaration
{
    /// <summary>The number of bytes that browsers search before they parse.</summary>
    private const int Searched = 1024;

    /// <summary>
    /// Returns the place unchanged, unless the line would move a declaration after it too far. Then returns the place after the declaration,
    /// if the script is the first one and in the head there too.
    /// </summary>
    /// <param name="pushed">By how many bytes the line moves what follows; 0 where browsers do not search for a declaration.</param>
    public static PrologueResult Respect(PrologueResult found, ReadOnlySpan<byte> bytes, bool isComplete, int pushed)
    {
        // Plain text is not a page, and must not wait for 1024 bytes.
        if (found.Verdict is not Verdict.At || pushed == 0 || found.Evidence is Evidence.Text or Evidence.None)
            return found;
        var searched = bytes[..Math.Min(bytes.Length, Searched)];
        var start = Math.Min(found.Offset, searched.Length);
        var declaration = Find(searched, start);
        if (declaration.Length == 0)
            return isComplete || searched.Length == Searched ? found : PrologueResult.NeedMore;
        var end = declaration.Start + declaration.Length;
        if (end + pushed <= Searched)
            return found;
        return HeadStart.IsQuiet(searched[start..declaration.Start])
            ? PrologueResult.At(end, found.Evidence)
            : PrologueResult.No(SkipReason.CharsetPosition);
    }

    /// <summary>The first declaration, as the prescan of 13.2.3.2 finds it, which does not know titles and scripts.</summary>
    private static (int Start, int Length) Find(ReadOnlySpan<byte> searched, int at)
    {
        while (searched[at..].IndexOf((byte)'<') is var next and >= 0)
        {
            at += next;
            var token = Token.Read(searched[at..]);
            var length = token.Kind is TokenKind.Text ? 1 : token.Length;
            if (length == 0)
                break;
            if (token.IsStartOf("meta"u8) && MetaTag.Read(token).DeclaresCharset)
                return (at, length);
            at += length;
        }

        return default;
    }
}
