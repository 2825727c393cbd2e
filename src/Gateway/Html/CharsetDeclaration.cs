namespace Gateway.Html;

/// <summary>
/// Keeps a page's <c>&lt;meta charset&gt;</c> where browsers look for it: wholly within the first 1024 bytes (WHATWG HTML
/// 4.2.5.4 and 13.2.3.2). Pushed further, some guess another encoding and some load the page twice.
/// </summary>
internal static class CharsetDeclaration
{
    /// <summary>The bytes that browsers search before they parse.</summary>
    private const int Searched = 1024;

    /// <summary>
    /// Leaves a place as it is, unless a declaration behind it would no longer fit: then the place behind the declaration,
    /// if our script comes first and in the head there too.
    /// </summary>
    /// <param name="pushed">By how many bytes what follows the place moves; 0 where no browser searches.</param>
    public static PrologueResult Respect(PrologueResult found, ReadOnlySpan<byte> bytes, bool isComplete, int pushed)
    {
        // Plain text is no page, and must not wait for 1024 bytes to be told so.
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

    /// <summary>The first declaration, as the prescan of 13.2.3.2 sees it: it knows no titles and no scripts.</summary>
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
