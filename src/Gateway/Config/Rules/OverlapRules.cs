using Gateway.Cookies;
using Gateway.Csp;

namespace Gateway.Config.Rules;

/// <summary>
/// Rules for names that several entries match: all of them must have the same category. A Cookie header has neither domain nor path, so
/// these do not separate entries; they only allow the same name twice in the same category.
/// </summary>
internal static class OverlapRules
{
    public static void Check(IReadOnlyList<CookieEntry> entries, Diagnostics diagnostics)
    {
        var names = entries
            .SelectMany((entry, i) => entry.Names.Select((name, j) => new Listed(entry, i, name, j)))
            .Where(listed => NamePattern.IsUsable(listed.Name))
            .ToList();
        var exact = names.Where(listed => new NamePattern(listed.Name).IsExact).ToLookup(listed => listed.Name, StringComparer.Ordinal);
        var patterns = names.Where(listed => !new NamePattern(listed.Name).IsExact).ToList();

        foreach (var later in names)
        {
            var earlier = exact[later.Name].Concat(patterns)
                .Concat(later.Entry.Kind == EntryKind.Host || !new NamePattern(later.Name).IsExact ? names : [])
                .Where(other => other.Index < later.Index && other.Entry.Kind == later.Entry.Kind)
                .FirstOrDefault(other => Conflicts(other, later));
            if (earlier is not null)
                Report(earlier, later, diagnostics.At("cookies", later.Index).At("names", later.NameIndex));
        }
    }

    private static bool Conflicts(Listed a, Listed b) => HaveSameConsent(a.Entry, b.Entry)
        ? a.Name == b.Name && a.Entry.Domain == b.Entry.Domain && (a.Entry.Path ?? "/") == (b.Entry.Path ?? "/") && HaveCommonUse(a.Entry, b.Entry)
        : Overlap(a, b);

    // Browsers do not tell hosts apart by the longest match: a granted *.example.org allows a refused www.example.org too.
    private static bool Overlap(Listed a, Listed b) => a.Entry.Kind == EntryKind.Host
        ? HaveCommonUse(a.Entry, b.Entry) && a.Source is { } first && b.Source is { } second && HostSource.Overlap(first, second)
        : NamePattern.Overlap(a.Name, b.Name);

    private static bool HaveCommonUse(CookieEntry a, CookieEntry b) => a.Uses.Count == 0 || b.Uses.Count == 0 || a.Uses.Intersect(b.Uses).Any();

    private static bool HaveSameConsent(CookieEntry a, CookieEntry b) =>
        a.Category == b.Category && a.NeedsConsent == b.NeedsConsent && a.IsAudience == b.IsAudience && a.SaleOrShare == b.SaleOrShare;

    private static void Report(Listed earlier, Listed later, Diagnostics diagnostics)
    {
        if (HaveSameConsent(earlier.Entry, later.Entry))
        {
            diagnostics.Error("V9", later.Name, $"is already listed in cookies[{earlier.Index}] with the same domain and path.",
                "Remove one of the two.");
        }
        else
        {
            diagnostics.Error("V9", later.Name,
                $"and \"{earlier.Name}\" of cookies[{earlier.Index}] can match the same name, but differ in category, exemption or \"saleOrShare\".",
                "Use the same settings for both, or names that do not overlap.");
        }
    }

    private sealed record Listed(CookieEntry Entry, int Index, string Name, int NameIndex)
    {
        /// <summary>The name of a host; null for another kind.</summary>
        public HostSource? Source { get; } = Entry.Kind == EntryKind.Host && HostSource.TryParse(Name, out var source) ? source : null;
    }
}
