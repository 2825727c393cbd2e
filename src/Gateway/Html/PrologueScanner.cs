namespace Gateway.Html;

/// <summary>
/// Finds the place in a page where a line of HTML becomes the first child of the head and nothing else changes.
/// </summary>
/// <remarks>
/// Parses only the prologue: byte order mark, white space, comments, doctype, html, head (WHATWG HTML 13.2.6.4.1 to 13.2.6.4.3, the
/// insertion modes "initial", "before html" and "before head"). The constructs that are difficult to parse (scripts, raw text, tables,
/// foreign content) come after the place. A search for <c>&lt;head&gt;</c> would find it in comments, and many valid pages have none.
/// </remarks>
internal static class PrologueScanner
{
    /// <summary>The length in bytes of the longest prologue.</summary>
    public const int Limit = 16 * 1024;

    /// <summary>Scans the start of a body. Called again with all bytes when more have arrived.</summary>
    /// <param name="bytes">The bytes of the body that have arrived, decoded.</param>
    /// <param name="isComplete">
    /// The body has ended, or the caller waits no longer. The result is then never <see cref="Verdict.NeedMore"/>.
    /// </param>
    /// <param name="pushed">The length of the line in bytes; 0 where browsers do not search the page for a charset declaration.</param>
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
        int? invisible = null;
        while (true)
        {
            // Parsers ignore white space before the head. After the script it would become text.
            if (Invisible.SpaceLength(bytes[at..]) is not (>= 0 and var space))
                return PrologueResult.NeedMore;
            at += space;
            var token = Token.Read(bytes[at..]);
            if (token.Kind is TokenKind.Text && Invisible.Length(bytes[at..]) is not 0 and var length)
            {
                // The text opens the body, so the line precedes it. What follows shows whether this is a document.
                if (length < 0)
                    return PrologueResult.NeedMore;
                invisible ??= at;
                at += length;
                continue;
            }

            evidence |= token.Evidence;
            if (token.ImpliesHead)
                return PrologueResult.At(invisible ?? at, evidence);
            if (invisible is not null && token.Kind is TokenKind.Doctype)
                return PrologueResult.At(invisible.Value, evidence);

            length = token.Length;
            if (length == 0)
                return PrologueResult.NeedMore;
            if (token.IsStartOf("html"u8) && IsAmp(token))
                return PrologueResult.No(SkipReason.Amp);
            at += length;
            if (token.IsStartOf("head"u8))
                return PrologueResult.At(invisible ?? at, evidence);
        }
    }

    // amp, amp4ads and amp4email, or with U+26A1 in place of the word.
    private static bool IsAmp(Token html)
    {
        var attributes = html.ReadAttributes();
        while (attributes.Read())
        {
            var name = attributes.Name;
            var rest = name.StartsWith((ReadOnlySpan<byte>)[0xE2, 0x9A, 0xA1]) ? name[3..] : name.Length >= 3 && Markup.Is(name[..3], "amp"u8) ? name[3..] : "x"u8;
            if (rest.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xB8, 0x8F]))
                rest = rest[3..];
            if (rest.IsEmpty || Markup.Is(rest, "4ads"u8) || Markup.Is(rest, "4email"u8))
                return true;
        }

        return false;
    }
}
