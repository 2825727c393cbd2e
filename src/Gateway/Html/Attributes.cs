namespace Gateway.Html;

/// <summary>
/// Walks through a tag's attributes to its end (WHATWG HTML 13.2.5.32 to 13.2.5.40). A quote opens a value only right
/// behind <c>=</c>; anywhere else it is a character like any other, and <c>&gt;</c> ends the tag.
/// </summary>
internal ref struct Attributes
{
    private readonly ReadOnlySpan<byte> _tag;
    private int _at;

    /// <param name="token">A start tag or an end tag.</param>
    /// <param name="tag">The bytes from its <c>&lt;</c> on, with all that follows.</param>
    public Attributes(Token token, ReadOnlySpan<byte> tag)
    {
        _tag = tag;
        _at = (token.Kind is TokenKind.EndTag ? 2 : 1) + token.Name.Length;
    }

    /// <summary>The name of the attribute that was read last, as written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value without quotes, character references not resolved.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The length of the whole tag once <see cref="Read"/> gave false; 0 when the tag is unfinished.</summary>
    public int TagLength { get; private set; }

    /// <summary>Reads on to the end, and says how long the tag is; 0 when it is unfinished.</summary>
    public int SkipAll()
    {
        while (Read())
        {
        }

        return TagLength;
    }

    /// <summary>Reads the next attribute; false at the end of the tag, or when the bytes end first.</summary>
    public bool Read()
    {
        SkipSpace();
        while (!IsOver && _tag[_at] == '/')
        {
            _at++;
            SkipSpace();
        }

        if (!IsOver && _tag[_at] == '>')
            TagLength = _at + 1;
        if (IsOver || TagLength > 0)
            return false;
        ReadName();
        Value = default;
        SkipSpace();
        if (!IsOver && _tag[_at] == '=')
        {
            _at++;
            SkipSpace();
            ReadValue();
        }

        return !IsOver;
    }

    private readonly bool IsOver => _at >= _tag.Length;

    private void SkipSpace() => _at += Markup.SpaceLength(_tag[_at..]);

    private void ReadName()
    {
        // A '=' that comes first belongs to the name.
        var length = _tag[(_at + 1)..].IndexOfAny(Markup.EndOfAttributeName);
        Name = Take(length < 0 ? -1 : length + 1);
    }

    private void ReadValue()
    {
        if (IsOver)
            return;
        var quote = _tag[_at];
        if (quote is not ((byte)'"' or (byte)'\''))
        {
            Value = Take(_tag[_at..].IndexOfAny(Markup.EndOfUnquotedValue));
            return;
        }

        _at++;
        Value = Take(_tag[_at..].IndexOf(quote));
        if (!IsOver)
            _at++;
    }

    /// <summary>Takes what is <paramref name="length"/> bytes long, or ends the walk where that is not known yet (-1).</summary>
    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = length < 0 ? default : _tag.Slice(_at, length);
        _at = length < 0 ? _tag.Length : _at + length;
        return taken;
    }
}
