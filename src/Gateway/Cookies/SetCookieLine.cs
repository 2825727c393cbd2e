namespace Gateway.Cookies;

/// <summary>
/// One <c>Set-Cookie</c> line as browsers read it (RFC 6265bis 5.6, 5.7), over the raw string. It only reads: an edit splices the
/// string it was read from, so every byte that is not edited stays as it was sent.
/// </summary>
internal readonly ref struct SetCookieLine
{
    private readonly ReadOnlySpan<char> _line;

    private SetCookieLine(ReadOnlySpan<char> line)
    {
        _line = line;
        var semicolon = line.IndexOf(';');
        var pairEnd = semicolon < 0 ? line.Length : semicolon;
        var equals = line[..pairEnd].IndexOf('=');
        Name = equals < 0 ? default : line[..equals].Trim(" \t");
        ValueRange = TrimmedRange(equals < 0 ? 0 : equals + 1, pairEnd);
    }

    /// <summary>Empty for a nameless cookie, which browsers do store.</summary>
    public ReadOnlySpan<char> Name { get; }

    public Range ValueRange { get; }

    public ReadOnlySpan<char> Value => _line[ValueRange];

    /// <summary>False where browsers refuse the line whatever it says: control characters (5.6 step 1), nothing at all (5.7).</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out SetCookieLine read)
    {
        read = new SetCookieLine(line);
        foreach (var c in line)
        {
            if (c is <= '\u0008' or (>= '\u000A' and <= '\u001F') or '\u007F')
                return false;
        }

        return read.Name.Length > 0 || read.Value.Length > 0;
    }

    public SetCookieAttributes Attributes => new(_line, _line.IndexOf(';'));

    /// <summary>When the cookie goes: the last valid <c>Max-Age</c> decides, else the last valid <c>Expires</c>; null for a session.</summary>
    public DateTimeOffset? ExpiresAt(DateTimeOffset now)
    {
        DateTimeOffset? expires = null;
        TimeSpan? maxAge = null;
        foreach (var attribute in Attributes)
        {
            if (attribute.TryMaxAge(out var seconds))
                maxAge = seconds;
            else if (attribute.TryExpires(out var date))
                expires = date;
        }

        return maxAge is { } age ? now + age : expires;
    }

    private Range TrimmedRange(int start, int end)
    {
        while (start < end && _line[start] is (' ' or '\t'))
            start++;
        while (end > start && _line[end - 1] is (' ' or '\t'))
            end--;
        return start..end;
    }
}
