namespace Gateway.Html;

/// <summary>
/// Reads the attributes of a tag to its end (WHATWG HTML 13.2.5.32 to 13.2.5.40). A quote begins a value only directly after
/// <c>=</c>; elsewhere it is an ordinary character, and <c>&gt;</c> ends the tag.
/// </summary>
internal ref struct Attributes
{
    private readonly ReadOnlySpan<byte> _tag;
    private int _at;

    /// <param name="tag">The bytes from the <c>&lt;</c> of a start tag or an end tag on, with all that follows.</param>
    /// <param name="nameEnd">Where the name of the tag ends.</param>
    public Attributes(ReadOnlySpan<byte> tag, int nameEnd)
    {
        _tag = tag;
        _at = nameEnd;
    }

    /// <summary>The name of the last attribute read, as written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of the last attribute read, without quotes; character references are not decoded.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The length of the whole tag in bytes, after <see cref="Read"/> has returned false; 0 when the tag is unfinished.</summary>
    public int TagLength { get; private set; }

    /// <summary>Reads to the end of the tag.</summary>
    /// <returns>The length of the whole tag in bytes; 0 when it is unfinished.</returns>
    public int SkipAll()
    {
        while (Read())
        {
        }

        return TagLength;
    }

    /// <summary>Reads the next attribute. Returns false at the end of the tag, and when the bytes end first.</summary>
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
        // A leading '=' is part of the name.
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

    /// <summary>Takes the next <paramref name="length"/> bytes; -1, where the length is not known yet, ends the tag as unfinished.</summary>
    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = length < 0 ? default : _tag.Slice(_at, length);
        _at = length < 0 ? _tag.Length : _at + length;
        return taken;
    }
}
