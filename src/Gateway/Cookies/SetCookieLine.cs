using System.Buffers;

namespace Gateway.Cookies;

/// <summary>
/// A <c>Set-Cookie</c> line, read as browsers read it (RFC 6265bis 5.6, 5.7). It only refers to the line it was read from: the filter edits
/// that string in place, so that all other bytes stay as they were sent.
/// </summary>
internal readonly ref struct SetCookieLine
{
    /// <summary>The characters for which browsers reject a line (RFC 6265bis 5.6 step 1): all control characters except the tab.</summary>
    public static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (char)code).Where(c => c != '\t')]);

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

    public SetCookieAttributes Attributes => new(_line, _line.IndexOf(';'));

    /// <returns>False if browsers reject the line: it has control characters (5.6 step 1), or neither name nor value (5.7).</returns>
    public static bool TryRead(ReadOnlySpan<char> line, out SetCookieLine read)
    {
        read = new SetCookieLine(line);
        return !line.ContainsAny(Controls) && (read.Name.Length > 0 || read.Value.Length > 0);
    }

    /// <summary>
    /// The scope with which browsers store the cookie: the last <c>Domain</c> and <c>Path</c> count; a missing path, or one that does not
    /// begin with <c>/</c>, is the default path (5.6.4).
    /// </summary>
    /// <param name="requestTarget">See <see cref="CookieScope.DefaultPath"/>.</param>
    public CookieScope ScopeAt(ReadOnlySpan<char> requestTarget)
    {
        var domain = ReadOnlySpan<char>.Empty;
        var path = ReadOnlySpan<char>.Empty;
        foreach (var attribute in Attributes)
        {
            if (attribute.Is("Domain"))
                domain = CookieScope.WithoutDot(attribute.Value);
            else if (attribute.Is("Path"))
                path = attribute.Value;
        }

        return new CookieScope(domain, path is ['/', ..] ? path : CookieScope.DefaultPath(requestTarget));
    }

    /// <summary>
    /// When the cookie expires. By the RFC the last valid <c>Max-Age</c> decides, otherwise the last valid <c>Expires</c>. Chromium and Firefox look
    /// only at the last of each, valid or not. Where the two results differ, this is the later one.
    /// </summary>
    public CookieExpiry ExpiryAt(DateTimeOffset now)
    {
        DateTimeOffset? lastExpires = null, expires = null;
        TimeSpan? lastAge = null, age = null;
        bool isAgeClear = true, isLastAgeClear = false, isDateClear = true;
        foreach (var attribute in Attributes)
        {
            if (attribute.Is("Max-Age"))
            {
                age = (lastAge = attribute.TryMaxAge(out var life, out var isClear) ? life : null) ?? age;
                isAgeClear &= isLastAgeClear = isClear;
            }
            else if (attribute.Is("Expires"))
            {
                expires = (lastExpires = attribute.TryExpires(out var date, out var isClear) ? date : null) ?? expires;
                isDateClear &= isClear;
            }
        }

        // An age that all browsers accept decides alone, whatever stands before it.
        if (lastAge is not null && isLastAgeClear)
            return new CookieExpiry(now + lastAge, IsClear: true);

        // A browser that does not accept the age uses the date.
        var time = !isAgeClear && expires <= now ? expires : Later(now, now + age ?? expires, now + lastAge ?? lastExpires);
        return new CookieExpiry(time, isAgeClear && isDateClear);
    }

    // A past time is before the end of the session, and that is before a future time: a line counts as a deletion only if it deletes the
    // cookie in every browser.
    private static DateTimeOffset? Later(DateTimeOffset now, DateTimeOffset? left, DateTimeOffset? right) =>
        left == right ? left
        : left is null ? (right > now ? right : null)
        : right is null ? (left > now ? left : null)
        : left > right ? left : right;

    private Range TrimmedRange(int start, int end)
    {
        while (start < end && _line[start] is (' ' or '\t'))
            start++;
        while (end > start && _line[end - 1] is (' ' or '\t'))
            end--;
        return start..end;
    }
}

/// <param name="Time">When the cookie expires; null for a session cookie. If browsers differ about an attribute, the earliest time that one reads.</param>
/// <param name="IsClear">Whether all browsers read the attributes in the same way.</param>
internal readonly record struct CookieExpiry(DateTimeOffset? Time, bool IsClear);
