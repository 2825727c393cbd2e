using System.Buffers;

namespace Gateway.Cookies;

/// <summary>
/// One <c>Set-Cookie</c> line as browsers read it (RFC 6265bis 5.6, 5.7), over the raw string. It only reads: an edit splices the
/// string it was read from, so every byte that is not edited stays as it was sent.
/// </summary>
internal readonly ref struct SetCookieLine
{
    /// <summary>Characters with which browsers refuse a line (RFC 6265bis 5.6 step 1): all controls but the tab.</summary>
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

    /// <summary>False where browsers refuse the line whatever it says: control characters (5.6 step 1), nothing at all (5.7).</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out SetCookieLine read)
    {
        read = new SetCookieLine(line);
        return !line.ContainsAny(Controls) && (read.Name.Length > 0 || read.Value.Length > 0);
    }

    public SetCookieAttributes Attributes => new(_line, _line.IndexOf(';'));

    /// <summary>Where the cookie is set: the last <c>Domain</c> and <c>Path</c>; empty where there is none.</summary>
    public CookieScope Place
    {
        get
        {
            var place = default(CookieScope);
            foreach (var attribute in Attributes)
            {
                if (attribute.Is("Domain"))
                    place = new(attribute.Value, place.Path);
                else if (attribute.Is("Path"))
                    place = new(place.Domain, attribute.Value);
            }

            return place;
        }
    }

    /// <summary>
    /// When the cookie goes; null for a session. By the RFC the last valid <c>Max-Age</c> decides, else the last valid <c>Expires</c>;
    /// Chromium looks at the last of each alone, valid or not. Where the two differ, the later time counts here.
    /// </summary>
    public DateTimeOffset? ExpiresAt(DateTimeOffset now)
    {
        DateTimeOffset? lastExpires = null, expires = null;
        TimeSpan? lastAge = null, age = null;
        foreach (var attribute in Attributes)
        {
            if (attribute.Is("Max-Age"))
                age = (lastAge = attribute.TryMaxAge(out var life) ? life : null) ?? age;
            else if (attribute.Is("Expires"))
                expires = (lastExpires = attribute.TryExpires(out var date) ? date : null) ?? expires;
        }

        return Later(now, now + age ?? expires, now + lastAge ?? lastExpires);
    }

    // Past, then session, then future: a deletion is one only where every browser deletes.
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
