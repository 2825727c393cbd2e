using System.Collections.Frozen;

namespace Gateway.Cookies;

/// <summary>
/// Finds the row of a name: the row that lists the exact name, otherwise the one whose pattern takes precedence (see
/// <see cref="NamePattern"/>), otherwise none.
/// </summary>
internal sealed class CookieTable
{
    private readonly FrozenDictionary<string, Row>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, (NamePattern Pattern, Row Row)[]>.AlternateLookup<ReadOnlySpan<char>> _patterns;
    private readonly int[] _prefixLengths;

    /// <param name="kind">The kind whose names are looked up; the others are ignored.</param>
    public CookieTable(IReadOnlyList<CookieEntry> entries, EntryKind kind = EntryKind.Cookie)
    {
        Entries = entries;

        // Several entries can list one name: the site sets it with several domains or paths. Only cookies are bytes; other names are text.
        var named = entries.Where(entry => entry.Kind == kind)
            .SelectMany(entry => entry.Names.SelectMany(name => kind == EntryKind.Cookie ? NameSpellings.Of(name) : [name]).Select(name => (Name: name, Entry: entry)))
            .GroupBy(item => item.Name, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Pattern: new NamePattern(group.Key), Row: new Row([.. group.Select(item => item.Entry)])))
            .ToList();

        _exact = named.Where(item => item.Pattern.IsExact)
            .ToFrozenDictionary(item => item.Name, item => item.Row, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        var patterns = named.Where(item => !item.Pattern.IsExact).Select(item => (item.Pattern, item.Row)).ToList();
        _patterns = patterns.GroupBy(item => item.Pattern.Prefix, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _prefixLengths = [.. patterns.Select(item => item.Pattern.Prefix.Length).Distinct()];
    }

    /// <summary>The whole table, including entries of other kinds.</summary>
    public IReadOnlyList<CookieEntry> Entries { get; }

    /// <summary>The row of a name, compared case-sensitively (RFC 6265bis 5.7). A nameless cookie has no row.</summary>
    public Row? Find(ReadOnlySpan<char> name)
    {
        if (_exact.TryGetValue(name, out var row))
            return row;

        NamePattern? best = null;
        foreach (var length in _prefixLengths)
        {
            if (length > name.Length || !_patterns.TryGetValue(name[..length], out var candidates))
                continue;

            foreach (var candidate in candidates)
            {
                if (candidate.Pattern.Matches(name) && (best is null || candidate.Pattern.Precedes(best.Value)))
                    (best, row) = candidate;
            }
        }

        return row;
    }

    /// <summary>What the table says about one name.</summary>
    /// <param name="entries">
    /// More than one where the site sets the name with several domains or paths; the validator makes sure that all have the same category
    /// and exemption.
    /// </param>
    internal sealed class Row(IReadOnlyList<CookieEntry> entries)
    {
        /// <summary>The first entry. Its category and exemption are those of all entries.</summary>
        public CookieEntry Entry => Entries[0];

        public IReadOnlyList<CookieEntry> Entries { get; } = entries;

        /// <inheritdoc cref="CookieEntry.Number"/>
        public string Number { get; } = entries[0].Number;

        /// <summary>
        /// The longest lifetime that a cookie of this name may have in a scope: that of the entry with this scope (see
        /// <see cref="CookieScope.IsOf"/>), the shortest of them if there are several; where no entry has this scope, the shortest of all.
        /// Zero is a session. The script in the page follows the same rule; <c>cases/lifetimes.txt</c> in the tests holds for both.
        /// </summary>
        public TimeSpan MaxLife(CookieScope scope)
        {
            if (Entries.Count == 1)
                return Entry.MaxLife;

            TimeSpan? longest = null;
            foreach (var entry in Entries)
            {
                if (scope.IsOf(entry) && (longest is null || entry.MaxLife < longest))
                    longest = entry.MaxLife;
            }

            return longest ?? Entries.Min(entry => entry.MaxLife);
        }
    }
}
