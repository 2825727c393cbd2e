using Gateway.Cookies;

namespace Gateway.Config.Rules;

/// <summary>
/// No name may have two answers. Requests carry names without domain and path, so those make no difference between answers;
/// they only make it possible for one name to be listed twice with the same.
/// </summary>
internal static class OverlapRules
{
    public static void Check(IReadOnlyList<CookieEntry> entries, Diagnostics found)
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
                .Concat(new NamePattern(later.Name).IsExact ? [] : names)
                .Where(other => other.Index < later.Index && other.Entry.Kind == later.Entry.Kind)
                .FirstOrDefault(other => Contradicts(other, later));
            if (earlier is not null)
                Report(earlier, later, found.At("cookies", later.Index).At("names", later.NameIndex));
        }
    }

    private static bool Contradicts(Listed a, Listed b) => HaveSameAnswer(a.Entry, b.Entry)
        ? a.Name == b.Name && a.Entry.Domain == b.Entry.Domain && (a.Entry.Path ?? "/") == (b.Entry.Path ?? "/")
        : NamePattern.Overlap(a.Name, b.Name);

    private static bool HaveSameAnswer(CookieEntry a, CookieEntry b) =>
        a.Category == b.Category && a.NeedsConsent == b.NeedsConsent && a.IsAudience == b.IsAudience && a.SaleOrShare == b.SaleOrShare;

    private static void Report(Listed earlier, Listed later, Diagnostics found)
    {
        if (HaveSameAnswer(earlier.Entry, later.Entry))
        {
            found.Error("V9", later.Name, $"is listed in cookies[{earlier.Index}] already, with the same domain and path.",
                "Keep one of them.");
        }
        else
        {
            found.Error("V9", later.Name,
                $"and \"{earlier.Name}\" of cookies[{earlier.Index}] can be one name, but have another category, exemption or \"saleOrShare\".",
                "Give both the same, or write names that do not meet.");
        }
    }

    private sealed record Listed(CookieEntry Entry, int Index, string Name, int NameIndex);
}
