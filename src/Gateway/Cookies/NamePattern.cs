namespace Gateway.Cookies;

/// <summary>
/// A cookie name, storage key or host from the cookie table: exact, or with one <c>*</c> that stands for any text, also none.
/// Names are compared case-sensitively (RFC 6265bis 5.7).
/// </summary>
/// <remarks>
/// Of several patterns that match a name, the one with the longest fixed part applies; of two with equally long fixed parts, the one with
/// the longer prefix. Nothing else has to be decided: two patterns that match the same name with prefixes and suffixes of equal length are
/// the same pattern. The script in the page follows the same rule; <c>cases/name-patterns.txt</c> in the tests holds for both.
/// </remarks>
internal readonly struct NamePattern
{
    private readonly string? _suffix;

    public NamePattern(string text)
    {
        var star = text.IndexOf('*', StringComparison.Ordinal);
        (Prefix, _suffix) = star < 0 ? (text, null) : (text[..star], text[(star + 1)..]);
    }

    /// <summary>The text before the <c>*</c>; the whole name where there is none.</summary>
    public string Prefix { get; }

    /// <summary>Whether there is no <c>*</c>.</summary>
    public bool IsExact => _suffix is null;

    /// <summary>Number of characters besides the <c>*</c>.</summary>
    public int FixedLength => Prefix.Length + (_suffix?.Length ?? 0);

    public static implicit operator NamePattern(string text) => new(text);

    /// <summary>Whether the text is allowed as a pattern: not empty, not <c>*</c> alone, at most one <c>*</c>.</summary>
    public static bool IsUsable(string text) => text is not ("" or "*") && text.Count(c => c == '*') <= 1;

    /// <summary>Whether at least one name is matched by both patterns.</summary>
    public static bool Overlap(NamePattern a, NamePattern b)
    {
        if (a.IsExact)
            return b.Matches(a.Prefix);
        if (b.IsExact)
            return a.Matches(b.Prefix);

        // Each * can stand for any text, so the patterns overlap unless their prefixes or their suffixes contradict each other.
        return (a.Prefix.StartsWith(b.Prefix, StringComparison.Ordinal) || b.Prefix.StartsWith(a.Prefix, StringComparison.Ordinal))
            && (a._suffix!.EndsWith(b._suffix!, StringComparison.Ordinal) || b._suffix!.EndsWith(a._suffix, StringComparison.Ordinal));
    }

    /// <summary>Whether <paramref name="wide"/> matches every name that <paramref name="narrow"/> matches.</summary>
    public static bool Covers(NamePattern wide, NamePattern narrow) =>
        narrow.IsExact
            ? wide.Matches(narrow.Prefix)
            : !wide.IsExact
                && narrow.FixedLength >= wide.FixedLength
                && narrow.Prefix.StartsWith(wide.Prefix, StringComparison.Ordinal)
                && narrow._suffix!.EndsWith(wide._suffix!, StringComparison.Ordinal);

    public bool Matches(ReadOnlySpan<char> name) =>
        _suffix is null
            ? name.SequenceEqual(Prefix)
            : name.Length >= FixedLength && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(_suffix, StringComparison.Ordinal);

    /// <summary>Whether this pattern applies instead of another one that matches the same name. See the remarks.</summary>
    public bool Precedes(NamePattern other) =>
        FixedLength == other.FixedLength ? Prefix.Length > other.Prefix.Length : FixedLength > other.FixedLength;
}
