using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>One row of the cookie table, whatever its exemption.</summary>
internal static class EntryRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics found)
    {
        TextRules.Wanted(entry.Function, "V1", site, found.At("function"));
        TextRules.Wanted(entry.Purpose, "V1", site, found.At("purpose"));
        TextRules.Optional(entry.Location, "V1", site, found.At("location"));
        TextRules.Optional(entry.TransferBasis, "V1", site, found.At("transferBasis"));
        CheckCategory(entry, site, found);
        CheckProvider(entry, found);
        CheckDuration(entry, found.At("duration"));
        if (entry.Kind == EntryKind.Cookie)
            ScopeRules.Check(entry, site, found);
        else
            CheckUnused(entry, found);
        if (entry.Kind == EntryKind.Host)
        {
            found.At("kind").Warn("W4", "host",
                "is shown to visitors, but this version does not yet keep browsers from asking that host.");
        }
    }

    private static void CheckCategory(CookieEntry entry, SiteConfig site, Diagnostics found)
    {
        string[] known = [Category.Necessary, Category.Audience, .. Category.Standard.Union(site.Categories.Select(category => category.Id))];
        if (entry.Category.Length > 0 && !known.Contains(entry.Category))
        {
            found.At("category").Error("category", entry.Category, $"is not a category of this site ({string.Join(", ", known)}).",
                Nearest.Of(entry.Category, known) is { } meant ? $"Did you mean \"{meant}\"?" : "Add it under \"categories\" or change this entry's category.");
        }
    }

    private static void CheckProvider(CookieEntry entry, Diagnostics found)
    {
        // A built-in category without its exemption is told elsewhere; whether consent is meant is then not known.
        var asks = entry.NeedsConsent && entry.Category is not ("" or Category.Necessary or Category.Audience);
        if (asks && entry.PrivacyPolicy is null)
        {
            found.At("privacyPolicy").Error("V8", null, "is missing: visitors are asked to trust this provider.",
                "Give the https address of its privacy policy.");
        }

        if (entry.Country is { } country && !Eea.Contains(country) && entry.TransferBasis.Count == 0)
        {
            found.At("country").Warn("W10", country, "lies outside the European Economic Area.",
                "Say under \"transferBasis\" what the transfer rests on (an adequacy decision, standard clauses).");
        }
    }

    private static void CheckDuration(CookieEntry entry, Diagnostics found)
    {
        var declared = entry.Duration.ToString();
        if (entry.Kind == EntryKind.SessionStorage && !entry.Duration.IsSession)
            found.Error("entry", declared, "is longer than session storage lives.", "Write \"session\".");
        else if (entry.Duration.IsUntilDeleted && entry.Kind == EntryKind.LocalStorage)
            return;
        else if (entry.Duration.IsUntilDeleted)
            found.Error("entry", declared, "is for local storage only.", "Say how long it is kept.");
        else if (entry.IsAudience)
            return;
        else if (entry.Duration.Length > Duration.ThirteenMonths.Length)
            found.Warn("W2", declared, "is longer than 13 months.", "Keep it for less; browsers cut it after 400 days anyway.");
        else if (entry.Category == Category.Necessary && entry.Duration.Length > TimeSpan.FromDays(365))
            found.Warn("W3", declared, "is longer than 12 months for something that is necessary.", "Keep it for less.");
    }

    private static void CheckUnused(CookieEntry entry, Diagnostics found)
    {
        const string Rule = "has no effect: only cookies have it.";
        if (entry.Domain is not null)
            found.At("domain").Warn("unused", entry.Domain, Rule, "Remove it.");
        if (entry.Path is not null)
            found.At("path").Warn("unused", entry.Path, Rule, "Remove it.");
        if (entry.Partitioned)
            found.At("partitioned").Warn("unused", null, Rule, "Remove it.");
    }
}
