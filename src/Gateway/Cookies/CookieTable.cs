using System.Collections.Frozen;

namespace Gateway.Cookies;

/// <summary>Which entry a cookie name belongs to: the exact one, else the pattern with the longest fixed part, else none.</summary>
internal sealed class CookieTable
{
    private readonly FrozenDictionary<string, Row>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, Pattern[]>.AlternateLookup<ReadOnlySpan<char>> _patterns;
    private readonly int[] _prefixLengths;

    public CookieTable(IReadOnlyList<CookieEntry> entries)
    {
        Entries = entries;
        var rows = entries.Where(entry => entry.Kind == EntryKind.Cookie).Select(entry => new Row(entry)).ToList();
        var named = rows.SelectMany(row => row.Entry.Names.Select(name => (Name: name, Row: row))).ToList();

        _exact = named.Where(item => !item.Name.Contains('*'))
            .DistinctBy(item => item.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(item => item.Name, item => item.Row, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        var patterns = named.Where(item => item.Name.Contains('*')).Select(item => Pattern.Of(item.Name, item.Row)).ToList();
        _patterns = patterns.GroupBy(pattern => pattern.Prefix, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(p => p.Suffix.Length).ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _prefixLengths = [.. patterns.Select(pattern => pattern.Prefix.Length).Distinct().OrderDescending()];
    }

    /// <summary>The whole table, entries that are no cookies included.</summary>
    public IReadOnlyList<CookieEntry> Entries { get; }

    /// <summary>The row of a cookie name; names are case-sensitive (RFC 6265bis 5.7). A nameless cookie has no row.</summary>
    public Row? Find(ReadOnlySpan<char> name)
    {
        if (_exact.TryGetValue(name, out var row))
            return row;

        Pattern? best = null;
        foreach (var length in _prefixLengths)
        {
            if (length > name.Length || !_patterns.TryGetValue(name[..length], out var candidates))
                continue;

            foreach (var candidate in candidates)
            {
                if (candidate.FixedLength > (best?.FixedLength ?? -1) && candidate.Matches(name))
                    best = candidate;
            }
        }

        return best?.Row;
    }

    /// <summary>An entry that is a cookie, with what is computed from it once.</summary>
    internal sealed class Row(CookieEntry entry)
    {
        public CookieEntry Entry { get; } = entry;

        /// <summary>Stands for the entry in the consent cookie, in any order of the table: a number of 24 bits, as its names give it.</summary>
        public string Number { get; } = EntryNumber.Of(entry);

        /// <summary>Longest life this cookie may have; zero for a session cookie.</summary>
        public TimeSpan MaxLife { get; } =
            entry.NeedsConsent || entry.IsAudience
                ? Min(entry.Duration.Length, Duration.ThirteenMonths.Length)
                : entry.Duration.Length;

        private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
    }

    private sealed record Pattern(string Prefix, string Suffix, Row Row)
    {
        public int FixedLength => Prefix.Length + Suffix.Length;

        public bool Matches(ReadOnlySpan<char> name) => name.Length >= FixedLength && name.EndsWith(Suffix, StringComparison.Ordinal);

        public static Pattern Of(string name, Row row)
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            return new Pattern(name[..star], name[(star + 1)..], row);
        }
    }
}
