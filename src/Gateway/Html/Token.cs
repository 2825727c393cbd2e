namespace Gateway.Html;

/// <summary>The kinds of token a prologue can hold.</summary>
internal enum TokenKind
{
    /// <summary>The bytes end before it is clear what this is.</summary>
    Unfinished,
    /// <summary>Comments, and what parsers take for one: processing instructions, CDATA, <c>&lt;/ &gt;</c>.</summary>
    Comment,
    Doctype,
    StartTag,
    EndTag,
    Text,
}

/// <summary>One token of HTML, told apart by its first bytes (WHATWG HTML 13.2.5.6, "tag open state", and after).</summary>
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

    /// <summary>A tag's name as written; empty for everything else.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>In bytes; 0 while the end has not arrived, and for text, whose end nobody here needs.</summary>
    public int Length => Kind switch
    {
        TokenKind.Comment when _bytes.StartsWith("<!--"u8) => Markup.CommentLength(_bytes),
        TokenKind.Comment or TokenKind.Doctype => Markup.LengthToClose(_bytes),
        TokenKind.StartTag or TokenKind.EndTag => new Attributes(this, _bytes).SkipAll(),
        _ => 0,
    };

    /// <summary>Whether a parser that has not opened a head yet opens one because of this token.</summary>
    /// <remarks>Of the end tags, all but these four are ignored there.</remarks>
    public bool ImpliesHead => Kind switch
    {
        TokenKind.Text => true,
        TokenKind.StartTag => !NameIs("html"u8) && !NameIs("head"u8),
        TokenKind.EndTag => NameIs("head"u8) || NameIs("body"u8) || NameIs("html"u8) || NameIs("br"u8),
        _ => false,
    };

    public Evidence Evidence => Kind switch
    {
        TokenKind.Doctype => Evidence.Doctype,
        TokenKind.StartTag => TagEvidence.Of(Name),
        TokenKind.Text => Evidence.Text,
        _ => Evidence.None,
    };

    /// <summary>Reads the token at the start of <paramref name="rest"/>, white space included in text.</summary>
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

    /// <param name="lowerCase">The tag's name.</param>
    public bool IsStartOf(ReadOnlySpan<byte> lowerCase) => Kind is TokenKind.StartTag && NameIs(lowerCase);

    /// <param name="lowerCase">The tag's name.</param>
    public bool IsEndOf(ReadOnlySpan<byte> lowerCase) => Kind is TokenKind.EndTag && NameIs(lowerCase);

    /// <summary>The attributes of a tag.</summary>
    public Attributes ReadAttributes() => new(this, _bytes);

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
