namespace Gateway.Cookies;

/// <summary>The attributes of a <c>Set-Cookie</c> line in their order; empty ones (<c>;;</c>) included.</summary>
internal ref struct SetCookieAttributes(ReadOnlySpan<char> line, int firstSemicolon)
{
    private readonly ReadOnlySpan<char> _line = line;
    private int _next = firstSemicolon < 0 ? line.Length : firstSemicolon;

    public SetCookieAttribute Current { get; private set; }

    public readonly SetCookieAttributes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next >= _line.Length)
            return false;

        var length = _line[(_next + 1)..].IndexOf(';');
        var end = length < 0 ? _line.Length : _next + 1 + length;
        Current = new SetCookieAttribute(_line, _next, end);
        _next = end;
        return true;
    }
}

/// <summary>One attribute, from its semicolon to the next: cutting start to end leaves a sound line.</summary>
internal readonly ref struct SetCookieAttribute
{
    // RFC 6265bis 5.6: browsers drop an attribute whose value is longer.
    private const int LongestValue = 1024;

    // Far beyond the 400 days that browsers keep: good for any comparison, and nothing overflows.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private readonly ReadOnlySpan<char> _name;

    public SetCookieAttribute(ReadOnlySpan<char> line, int start, int end)
    {
        Start = start;
        End = end;
        var text = line[(start + 1)..end];
        var equals = text.IndexOf('=');
        _name = (equals < 0 ? text : text[..equals]).Trim(" \t");
        var raw = equals < 0 ? default : text[(equals + 1)..];
        Value = raw.Trim(" \t");
        var from = end - raw.Length + (raw.Length - raw.TrimStart(" \t").Length);
        ValueRange = from..(from + Value.Length);
    }

    public int Start { get; }

    public int End { get; }

    public ReadOnlySpan<char> Value { get; }

    /// <summary>Where the value stands in the line, blanks around it left out.</summary>
    public Range ValueRange { get; }

    /// <summary>The life in <c>Max-Age</c>, where it is valid (5.6.2: digits, perhaps a minus before them); negative is a deletion.</summary>
    public bool TryMaxAge(out TimeSpan life)
    {
        life = default;
        if (!Is("Max-Age") || Value.IsEmpty)
            return false;

        var digits = Value[0] == '-' ? Value[1..] : Value;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;

        if (Value[0] == '-' || digits.Trim('0').IsEmpty)
            life = -Longest;
        else
            life = long.TryParse(digits, out var seconds) && seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
        return true;
    }

    /// <summary>The date in <c>Expires</c>, where a browser would read one; <c>0</c> and <c>-1</c> are none.</summary>
    public bool TryExpires(out DateTimeOffset date)
    {
        date = default;
        return Is("Expires") && CookieDate.TryParse(Value, out date);
    }

    /// <summary>Whether it has this name, and a value that browsers take.</summary>
    public bool Is(string name) => Value.Length <= LongestValue && _name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The <c>Domain</c> and <c>Path</c> of a line.</summary>
internal readonly ref struct CookieScope(ReadOnlySpan<char> domain, ReadOnlySpan<char> path)
{
    public ReadOnlySpan<char> Domain { get; } = domain;

    public ReadOnlySpan<char> Path { get; } = path;
}
