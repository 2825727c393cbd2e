namespace Gateway.Html;

/// <summary>The kinds of token in a prologue.</summary>
internal enum TokenKind
{
    /// <summary>The bytes end before the kind is known.</summary>
    Unfinished,
    /// <summary>A comment, or what parsers treat as one: processing instructions, CDATA, <c>&lt;/ &gt;</c>.</summary>
    Comment,
    Doctype,
    StartTag,
    EndTag,
    Text,
}

/// <summary>One HTML token, recognised by its first bytes (WHATWG HTML 13.2.5.6, "tag open state", and the states after it).</summary>
internal readonly ref struct Token
{
    private readonly ReadOnlySpan<byte> _bytes;

    private Token(TokenKind kind, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name = default)
    {
        Kind = kind;
        Name = name;
        _bytes = bytes;
    }

    public TokenKind Kind { get; }

    /// <summary>The name of a tag as written; empty for other tokens.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>In bytes; 0 when the token is unfinished, and for text, whose length is not needed.</summary>
    public int Length => Kind switch
    {
        TokenKind.Comment when _bytes.StartsWith("<!--"u8) => Markup.CommentLength(_bytes),
        TokenKind.Comment or TokenKind.Doctype => Markup.LengthToClose(_bytes),
        TokenKind.StartTag or TokenKind.EndTag => ReadAttributes().SkipAll(),
        _ => 0,
    };

    /// <summary>Whether this token makes a parser open the head (WHATWG HTML 13.2.6.4.3, "before head").</summary>
    /// <remarks>The parser ignores all end tags there but these four.</remarks>
    public bool ImpliesHead => Kind switch
    {
        TokenKind.Text => true,
        TokenKind.StartTag => !NameIs("html"u8) && !NameIs("head"u8) && !DocumentEvidence.IsEsi(Name),
        TokenKind.EndTag => NameIs("head"u8) || NameIs("body"u8) || NameIs("html"u8) || NameIs("br"u8),
        _ => false,
    };

    public Evidence Evidence => Kind switch
    {
        TokenKind.Doctype => Evidence.Doctype,
        TokenKind.StartTag => DocumentEvidence.OfTag(Name),
        TokenKind.Text => Evidence.Text,
        _ => Evidence.None,
    };

    /// <summary>Reads the token at the start of <paramref name="rest"/>. White space is part of text.</summary>
    public static Token Read(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return new(TokenKind.Unfinished, rest);
        if (rest[0] != '<')
            return new(TokenKind.Text, rest);
        if (rest.Length == 1)
            return new(TokenKind.Unfinished, rest);
        return rest[1] switch
        {
            (byte)'!' => ReadDeclaration(rest),
            (byte)'?' => new(TokenKind.Comment, rest),
            (byte)'/' => ReadEndTag(rest),
            var first when char.IsAsciiLetter((char)first) => ReadTag(TokenKind.StartTag, rest, 1),
            _ => new(TokenKind.Text, rest),
        };
    }

    /// <param name="lowerCase">The name of the tag.</param>
    public bool IsStartOf(ReadOnlySpan<byte> lowerCase) => Kind is TokenKind.StartTag && NameIs(lowerCase);

    /// <param name="lowerCase">The name of the tag.</param>
    public bool IsEndOf(ReadOnlySpan<byte> lowerCase) => Kind is TokenKind.EndTag && NameIs(lowerCase);

    /// <summary>The attributes of a tag.</summary>
    public Attributes ReadAttributes() => new(_bytes, (Kind is TokenKind.EndTag ? 2 : 1) + Name.Length);

    private static Token ReadDeclaration(ReadOnlySpan<byte> rest)
    {
        var doctype = "<!doctype"u8;
        var isDoctype = rest.Length >= doctype.Length && Markup.Is(rest[..doctype.Length], doctype);
        return new(isDoctype ? TokenKind.Doctype : TokenKind.Comment, rest);
    }

    private static Token ReadEndTag(ReadOnlySpan<byte> rest)
    {
        if (rest.Length == 2)
            return new(TokenKind.Unfinished, rest);
        return char.IsAsciiLetter((char)rest[2]) ? ReadTag(TokenKind.EndTag, rest, 2) : new(TokenKind.Comment, rest);
    }

    private static Token ReadTag(TokenKind kind, ReadOnlySpan<byte> rest, int nameStart)
    {
        var length = Markup.NameLength(rest[nameStart..]);
        return length < 0
            ? new(TokenKind.Unfinished, rest)
            : new(kind, rest, rest.Slice(nameStart, length));
    }

    private bool NameIs(ReadOnlySpan<byte> lowerCase) => Markup.Is(Name, lowerCase);
}
