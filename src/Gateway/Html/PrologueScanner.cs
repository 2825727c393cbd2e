namespace Gateway.Html;

/// <summary>
/// Finds where a line of HTML can be put into a page so that it comes first in the head and nothing else changes.
/// </summary>
/// <remarks>
/// Only the prologue is parsed: byte order mark, white space, comments, doctype, html, head (WHATWG HTML 13.2.6.4.1 to
/// 13.2.6.4.3, the insertion modes "initial", "before html" and "before head"). Everything in which HTML is treacherous
/// (scripts, raw text, tables, foreign content) begins after the place. Searching for <c>&lt;head&gt;</c> instead finds it
/// in comments, and misses the many valid pages that have none.
/// </remarks>
internal static class PrologueScanner
{
    /// <summary>A prologue longer than this, in bytes, is given up.</summary>
    public const int Limit = 16 * 1024;

    /// <summary>Scans from the start of a body, again from its first byte each time more has arrived.</summary>
    /// <param name="bytes">The body as far as it is known, without content coding.</param>
    /// <param name="isComplete">
    /// Nothing follows, or nothing shall be waited for: the answer is then never <see cref="Verdict.NeedMore"/>.
    /// </param>
    /// <param name="pushed">The length of the line that is to be put there, in bytes; 0 where nobody searches the page for its charset.</param>
    public static PrologueResult Scan(ReadOnlySpan<byte> bytes, bool isComplete, int pushed)
    {
        if (bytes.Length > Limit)
        {
            bytes = bytes[..Limit];
            isComplete = false;
        }

        var found = Signature.Read(bytes, isComplete) switch
        {
            SignatureKind.Unknown => PrologueResult.NeedMore,
            SignatureKind.Utf16 => PrologueResult.No(SkipReason.Utf16),
            SignatureKind.Utf8 => Walk(bytes, Signature.Utf8Length),
            _ => CharsetDeclaration.Respect(Walk(bytes, 0), bytes, isComplete, pushed),
        };
        return found.Verdict switch
        {
            Verdict.NeedMore when isComplete => PrologueResult.No(bytes.IsEmpty ? SkipReason.Empty : SkipReason.NoDocument),
            Verdict.NeedMore when bytes.Length == Limit => PrologueResult.No(SkipReason.PrologueTooLong),
            Verdict.At when bytes[..found.Offset].Contains(Signature.Escape) => PrologueResult.No(SkipReason.EscapeSequence),
            _ => found,
        };
    }

    private static PrologueResult Walk(ReadOnlySpan<byte> bytes, int at)
    {
        var evidence = Evidence.None;
        while (true)
        {
            // White space ahead of the head is dropped by parsers; behind our script it would become text.
            at += Markup.SpaceLength(bytes[at..]);
            var token = Token.Read(bytes[at..]);
            evidence |= token.Evidence;
            if (token.ImpliesHead)
                return PrologueResult.At(at, evidence);

            var length = token.Length;
            if (length == 0)
                return PrologueResult.NeedMore;
            at += length;
            if (token.IsStartOf("head"u8))
                return PrologueResult.At(at, evidence);
        }
    }
}
