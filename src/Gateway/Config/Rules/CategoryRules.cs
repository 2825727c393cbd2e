using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Rules for the categories of a site.</summary>
internal static class CategoryRules
{
    private const int MostCategories = 5;
    private const int MostProviders = 20;
    private const int MostWords = 120;

    /// <summary>Names that do not state a purpose, which consent must be specific to (GDPR 4(11)). In lower case, letters only.</summary>
    private static readonly HashSet<string> NoPurpose = new(StringComparer.Ordinal)
    {
        "thirdparty", "thirdparties", "thirdpartycookies", "firstparty", "firstpartycookies", "internal", "internalcookies",
        "external", "externalcookies", "other", "others", "othercookies", "misc", "miscellaneous", "various", "cookies",
        "optional", "unnecessary", "nonessential", "nonnecessary", "marketingmore", "marketingandmore",
        "tiers", "cookiestiers", "internes", "cookiesinternes", "externes", "autre", "autres", "autrescookies", "divers",
        "facultatifs", "optionnels", "nonessentiels", "marketingetplus",
    };

    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < site.Categories.Count; i++)
        {
            var category = site.Categories[i];
            var at = diagnostics.At("categories", i);
            CheckId(category.Id, seen, at.At("id"));
            CheckTexts(category, category.Title, site, at.At("title"));
            CheckTexts(category, category.Description, site, at.At("description"));
            foreach (var (language, title) in category.Title.Where(title => IsNoPurpose(title.Value)))
            {
                at.At("title").At(language).Error("V17", title, "does not state a purpose.",
                    "Name what visitors consent to, such as \"Audience statistics\".");
            }

            var isOwn = category.Id is not ("" or Category.Necessary or Category.Audience);
            if (isOwn && !site.Cookies.Any(entry => entry.Category == category.Id))
            {
                at.Warn("unused", category.Id, "has no entries: visitors are not asked about it.",
                    "Remove the category, or add entries to it.");
            }
        }

        CheckCounts(site, diagnostics);
    }

    private static void CheckId(string id, HashSet<string> seen, Diagnostics diagnostics)
    {
        if (id is Category.Necessary or Category.Audience)
            diagnostics.Error("category", id, "is a built-in category.", "Remove it here. Entries can use it without a definition.");
        else if (IsNoPurpose(id))
            diagnostics.Error("V17", id, "does not state a purpose.", "Name what visitors consent to, such as \"statistics\".");
        if (id.Length > 0 && !seen.Add(id))
            diagnostics.Error("category", id, "is already the id of another category.", "Combine the two categories, or change the id.");
    }

    private static void CheckTexts(Category category, IReadOnlyDictionary<string, string> texts, SiteConfig site, Diagnostics diagnostics)
    {
        var needsNone = category.Id is "" or Category.Necessary or Category.Audience || Category.Standard.Contains(category.Id);
        if (texts.Count > 0 || needsNone)
        {
            TextRules.Optional(texts, "V1", site, diagnostics);
            return;
        }

        var standard = string.Join(", ", Category.Standard);
        diagnostics.Error("V1", null, $"is missing: only the standard categories ({standard}) have built-in texts.",
            Nearest.Of(category.Id, Category.Standard) is { } nearest
                ? $"Did you mean the id \"{nearest}\"?"
                : "Add it in each language of the site, or use a standard category.");
    }

    private static bool IsNoPurpose(string text) =>
        NoPurpose.Contains(string.Concat(text.ToLowerInvariant().Where(char.IsLetter)));

    private static void CheckCounts(SiteConfig site, Diagnostics diagnostics)
    {
        var entries = site.Cookies.Where(entry => entry.NeedsConsent).ToList();
        var asked = site.AskedCategories();
        if (asked.Count > MostCategories)
        {
            diagnostics.At("categories").Warn("W9", null, $"has {asked.Count} categories that need consent; visitors do not read more than {MostCategories}.",
                "Combine related purposes.");
        }

        var providers = entries.Select(entry => entry.Provider).Distinct(StringComparer.Ordinal).Count();
        if (providers > MostProviders)
        {
            diagnostics.At("cookies").Warn("W9", null,
                $"has {providers} providers that need consent; visitors do not read more than {MostProviders}.", "Reduce the number of providers.");
        }

        foreach (var language in site.Languages.Where(Languages.Supported.Contains))
        {
            var translations = Translations.For(language, site.Texts);
            var words = asked.Sum(category =>
                CountWords(category.Title, translations, $"category.{category.Id}.title") + CountWords(category.Description, translations, $"category.{category.Id}.text"));
            if (words > MostWords)
            {
                diagnostics.At("categories").Warn("W8", null,
                    $"adds {words} words to the banner in \"{language}\"; visitors do not read more than {MostWords}.",
                    "Shorten the descriptions.");
            }
        }
    }

    private static int CountWords(IReadOnlyDictionary<string, string> texts, Translations translations, string key) =>
        (texts.GetValueOrDefault(translations.Language) ?? translations.Find(key) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
