using System.Collections.Frozen;

namespace Gateway.Cookies;

/// <summary>Which entry a name of one kind belongs to: the exact one, else the pattern with the longest fixed part, else none.</summary>
internal sealed class CookieTable
{
    private readonly FrozenDictionary<string, Row>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, Pattern[]>.AlternateLookup<ReadOnlySpan<char>> _patterns;
    private readonly int[] _prefixLengths;

    public CookieTable(IReadOnlyList<CookieEntry> entries, EntryKind kind = EntryKind.Cookie)
    {
        Entries = entries;

        // One name may stand in several entries: the site sets it at several places.
        var named = entries.Where(entry => entry.Kind == kind)
            .SelectMany(entry => entry.Names.Select(name => (Name: name, Entry: entry)))
            .GroupBy(item => item.Name, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Row: new Row([.. group.Select(item => item.Entry)])))
            .ToList();

        _exact = named.Where(item => !item.Name.Contains('*'))
            .ToFrozenDictionary(item => item.Name, item => item.Row, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        var patterns = named.Where(item => item.Name.Contains('*')).Select(item => Pattern.Of(item.Name, item.Row)).ToList();
        _patterns = patterns.GroupBy(pattern => pattern.Prefix, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(p => p.Suffix.Length).ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _prefixLengths = [.. patterns.Select(pattern => pattern.Prefix.Length).Distinct().OrderDescending()];
    }

    /// <summary>The whole table, entries of other kinds included.</summary>
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

    /// <summary>What the table says of one name, with what is computed from it once.</summary>
    /// <param name="entries">Of one category and exemption, as the validator demands; several where the name is set at several places.</param>
    internal sealed class Row(IReadOnlyList<CookieEntry> entries)
    {
        /// <summary>The first of them: category and exemption are those of all.</summary>
        public CookieEntry Entry => Entries[0];

        public IReadOnlyList<CookieEntry> Entries { get; } = entries;

        /// <summary>Stands for the entry in the consent cookie, in any order of the table: a number of 24 bits, as its names give it.</summary>
        public string Number { get; } = EntryNumber.Of(entries[0]);

        /// <summary>Longest life that a line with this <c>Domain</c> and <c>Path</c> may have: its entry's, else the shortest of all.</summary>
        public TimeSpan MaxLife(ReadOnlySpan<char> domain, ReadOnlySpan<char> path)
        {
            if (Entries.Count == 1)
                return Entry.MaxLife;

            foreach (var entry in Entries)
            {
                if (domain.TrimStart('.').Equals(entry.Domain, StringComparison.OrdinalIgnoreCase) && path.SequenceEqual(entry.Path ?? "/"))
                    return entry.MaxLife;
            }

            return Entries.Min(entry => entry.MaxLife);
        }
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
