namespace Gateway.Cookies;

/// <summary>
/// The cookies of a <c>Cookie</c> header, read as servers read it: split at semicolons only, the name before the first <c>=</c>. Quotes,
/// spaces and commas are ordinary characters of a value.
/// </summary>
internal ref struct CookiePairs(ReadOnlySpan<char> header)
{
    private readonly ReadOnlySpan<char> _header = header;
    private int _next;

    public CookiePair Current { get; private set; }

    public readonly CookiePairs GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next > _header.Length || _header.IsEmpty)
            return false;

        var length = _header[_next..].IndexOf(';');
        var end = length < 0 ? _header.Length : _next + length;
        Current = new CookiePair(_header[_next..end], _next, end);
        _next = end + 1;
        return true;
    }

    /// <summary>Whether the header has a cookie of this name, and whether one of them has this value.</summary>
    public static (bool Present, bool SameValue) Find(string? header, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        var present = false;
        foreach (var pair in new CookiePairs(header))
        {
            if (!pair.Name.SequenceEqual(name))
                continue;

            present = true;
            if (pair.Value.SequenceEqual(value))
                return (true, true);
        }

        return (present, false);
    }
}

/// <summary>One cookie of a <c>Cookie</c> header, with its position in the header including surrounding spaces.</summary>
internal readonly ref struct CookiePair
{
    public CookiePair(ReadOnlySpan<char> text, int start, int end)
    {
        Start = start;
        End = end;
        var equals = text.IndexOf('=');
        Name = equals < 0 ? default : text[..equals].Trim(" \t");
        Value = text[(equals + 1)..].Trim(" \t");
    }

    public int Start { get; }

    public int End { get; }

    /// <summary>Empty for a nameless cookie.</summary>
    public ReadOnlySpan<char> Name { get; }

    public ReadOnlySpan<char> Value { get; }
}
