using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for an entry of the cookie table, except those for its names and its exemption.</summary>
internal static class EntryRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics diagnostics)
    {
        TextRules.Required(entry.Function, "V1", site, diagnostics.At("function"));
        TextRules.Required(entry.Purpose, "V1", site, diagnostics.At("purpose"));
        TextRules.Optional(entry.Location, "V1", site, diagnostics.At("location"));
        if (!ProviderRules.HasBasisOf(entry, site))
            TextRules.Optional(entry.TransferBasis, "V1", site, diagnostics.At("transferBasis"));
        CheckCategory(entry, site, diagnostics);
        CheckProvider(entry, diagnostics);
        CheckDuration(entry, diagnostics.At("duration"));
        if (entry.Kind == EntryKind.Cookie)
            ScopeRules.Check(entry, site, diagnostics);
        else
            CheckUnused(entry, diagnostics);
        if (entry.Uses.Count > 0 && entry.Kind != EntryKind.Host)
            diagnostics.At("uses").Warn("unused", null, "has no effect: it applies to hosts only.", "Remove the key.");
    }

    private static void CheckCategory(CookieEntry entry, SiteConfig site, Diagnostics diagnostics)
    {
        string[] known = [Category.Necessary, Category.Audience, .. Category.Standard.Union(site.Categories.Select(category => category.Id))];
        if (entry.Category.Length > 0 && !known.Contains(entry.Category))
        {
            diagnostics.At("category").Error("category", entry.Category, $"is not a category of this site ({string.Join(", ", known)}).",
                Nearest.Of(entry.Category, known) is { } nearest ? $"Did you mean \"{nearest}\"?" : "Add it under \"categories\", or change the category of this entry.");
        }
    }

    private static void CheckProvider(CookieEntry entry, Diagnostics diagnostics)
    {
        // Another rule reports a built-in category without an exemption. Whether the entry needs consent is not known then.
        var needsConsent = entry.NeedsConsent && entry.Category is not ("" or Category.Necessary or Category.Audience);
        if (needsConsent && entry.PrivacyPolicy is null)
        {
            diagnostics.At("privacyPolicy").Error("V8", null, "is missing: an entry that needs consent must name the privacy policy of its provider.",
                "Specify its https URL, here or under \"providers\".");
        }

        if (entry.Country is { } country && !Eea.Contains(country) && entry.TransferBasis.Count == 0)
        {
            diagnostics.At("country").Warn("W10", country, "is outside the European Economic Area.",
                "State the legal basis of the transfer in \"transferBasis\", such as an adequacy decision or standard contractual clauses.");
        }
    }

    private static void CheckDuration(CookieEntry entry, Diagnostics diagnostics)
    {
        var declared = entry.Duration.ToString();
        if (entry.Kind == EntryKind.SessionStorage && !entry.Duration.IsSession)
            diagnostics.Error("entry", declared, "exceeds the lifetime of session storage.", "Use \"session\".");
        else if (entry.Duration.IsUntilDeleted && entry.Kind is not (EntryKind.Cookie or EntryKind.Host or EntryKind.Path))
            return;
        else if (entry.Duration.IsUntilDeleted)
            diagnostics.Error("entry", declared, "is only valid for what browsers keep without an end: local storage, databases, caches and service workers.", "Specify a duration.");
        else if (entry.IsAudience)
            return;
        else if (entry.Duration.Length > Duration.ThirteenMonths.Length)
            diagnostics.Warn("W2", declared, "is longer than 13 months.", "Use a shorter duration. Browsers limit cookies to 400 days.");
        else if (entry.Category == Category.Necessary && entry.Duration.Length > TimeSpan.FromDays(365))
            diagnostics.Warn("W3", declared, "is longer than 12 months, which is long for a necessary entry.", "Use a shorter duration.");
    }

    private static void CheckUnused(CookieEntry entry, Diagnostics diagnostics)
    {
        const string Rule = "has no effect: it applies to cookies only.";
        if (entry.Domain is not null)
            diagnostics.At("domain").Warn("unused", entry.Domain, Rule, "Remove the key.");
        if (entry.Path is not null)
            diagnostics.At("path").Warn("unused", entry.Path, Rule, "Remove the key.");
        if (entry.Partitioned)
            diagnostics.At("partitioned").Warn("unused", null, Rule, "Remove the key.");
    }
}
