namespace Gateway.Cookies;

/// <summary>Enumerates the attributes of a <c>Set-Cookie</c> line in order, including empty ones (<c>;;</c>).</summary>
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

/// <summary>One attribute, from its semicolon up to the next one: without these characters the line is still well-formed.</summary>
internal readonly ref struct SetCookieAttribute
{
    // RFC 6265bis 5.6: browsers ignore an attribute with a longer value.
    private const int LongestValue = 1024;

    // Far more than the 400 days that browsers allow, and small enough that no sum overflows.
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

    /// <summary>Position of the value in the line, without the spaces around it.</summary>
    public Range ValueRange { get; }

    /// <summary>
    /// The lifetime, if this is a <c>Max-Age</c> that a browser accepts; negative for a deletion, also for zero. Valid are digits with an optional
    /// minus (5.6.2). Only Chromium accepts digits with a plus, and only Firefox whatever follows a minus, as a deletion.
    /// </summary>
    public bool TryMaxAge(out TimeSpan life, out bool isClear)
    {
        life = default;
        isClear = true;
        if (!Is("Max-Age") || Value.IsEmpty)
            return false;

        var digits = Value[0] is '-' or '+' ? Value[1..] : Value;
        var isNumber = !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
        isClear = isNumber && Value[0] != '+';
        if (!isNumber && Value[0] != '-')
            return false;

        if (Value[0] == '-' || digits.Trim('0').IsEmpty)
            life = -Longest;
        else
            life = long.TryParse(digits, out var seconds) && seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
        return true;
    }

    /// <summary>The date, if this is an <c>Expires</c> that a browser accepts; <c>0</c> and <c>-1</c> are not dates.</summary>
    /// <inheritdoc cref="CookieDate.TryParse"/>
    public bool TryExpires(out DateTimeOffset date, out bool isClear)
    {
        date = default;
        isClear = true;
        return Is("Expires") && CookieDate.TryParse(Value, out date, out isClear);
    }

    /// <summary>Whether it has this name, and a value that is not too long for browsers.</summary>
    public bool Is(string name) => Value.Length <= LongestValue && _name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
