using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>The categories of one site: what visitors are asked.</summary>
internal static class CategoryRules
{
    private const int MostCategories = 5;
    private const int MostProviders = 20;
    private const int MostWords = 120;

    /// <summary>Names that say who or nothing, but not what for: no purpose (GDPR 4(11), "specific"). Letters only, lower case.</summary>
    private static readonly HashSet<string> NoPurpose = new(StringComparer.Ordinal)
    {
        "thirdparty", "thirdparties", "thirdpartycookies", "firstparty", "firstpartycookies", "internal", "internalcookies",
        "external", "externalcookies", "other", "others", "othercookies", "misc", "miscellaneous", "various", "cookies",
        "optional", "unnecessary", "nonessential", "nonnecessary", "marketingmore", "marketingandmore",
        "tiers", "cookiestiers", "internes", "cookiesinternes", "externes", "autre", "autres", "autrescookies", "divers",
        "facultatifs", "optionnels", "nonessentiels", "marketingetplus",
    };

    public static void Check(SiteConfig site, Diagnostics found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < site.Categories.Count; i++)
        {
            var category = site.Categories[i];
            var at = found.At("categories", i);
            CheckId(category.Id, seen, at.At("id"));
            CheckTexts(category, category.Title, site, at.At("title"));
            CheckTexts(category, category.Description, site, at.At("description"));
            foreach (var (language, title) in category.Title.Where(title => IsNoPurpose(title.Value)))
            {
                at.At("title").At(language).Error("V17", title, "is no purpose.",
                    "Say what visitors agree to, such as \"Audience statistics\".");
            }

            var isOwn = category.Id is not ("" or Category.Necessary or Category.Audience);
            if (isOwn && !site.Cookies.Any(entry => entry.Category == category.Id))
            {
                at.Warn("unused", category.Id, "has no cookies: visitors are not asked about it.",
                    "Remove it, or put entries into it.");
            }
        }

        CheckAmount(site, found);
    }

    private static void CheckId(string id, HashSet<string> seen, Diagnostics found)
    {
        if (id is Category.Necessary or Category.Audience)
            found.Error("category", id, "is built in.", "Remove it: entries may name it all the same.");
        else if (IsNoPurpose(id))
            found.Error("V17", id, "is no purpose.", "Say what visitors agree to, such as \"statistics\".");
        if (id.Length > 0 && !seen.Add(id))
            found.Error("category", id, "is another category's id already.", "Put the two together, or change the id.");
    }

    private static void CheckTexts(Category category, IReadOnlyDictionary<string, string> texts, SiteConfig site, Diagnostics found)
    {
        var needsNone = category.Id is "" or Category.Necessary or Category.Audience || Category.Standard.Contains(category.Id);
        if (texts.Count > 0 || needsNone)
        {
            TextRules.Optional(texts, "V1", site, found);
            return;
        }

        var standard = string.Join(", ", Category.Standard);
        found.Error("V1", null, $"is missing: the gateway has words for its standard categories only ({standard}).",
            Nearest.Of(category.Id, Category.Standard) is { } meant
                ? $"Did you mean the id \"{meant}\"?"
                : "Add it in each of the site's languages, or use a standard category.");
    }

    private static bool IsNoPurpose(string text) =>
        NoPurpose.Contains(string.Concat(text.ToLowerInvariant().Where(char.IsLetter)));

    private static void CheckAmount(SiteConfig site, Diagnostics found)
    {
        var entries = site.Cookies.Where(entry => entry.NeedsConsent).ToList();
        var asked = site.AskedCategories();
        if (asked.Count > MostCategories)
        {
            found.At("categories").Warn("W9", null, $"asks {asked.Count} questions at once; more than {MostCategories} are not read.",
                "Put purposes together that visitors see as one.");
        }

        var providers = entries.Select(entry => entry.Provider).Distinct(StringComparer.Ordinal).Count();
        if (providers > MostProviders)
        {
            found.At("cookies").Warn("W9", null,
                $"names {providers} providers that need consent; more than {MostProviders} are not read.", "Use fewer.");
        }

        foreach (var language in site.Languages.Where(Languages.Supported.Contains))
        {
            var phrases = Translations.For(language, site.Texts);
            var words = asked.Sum(category =>
                WordsIn(category.Title, phrases, $"category.{category.Id}.title") + WordsIn(category.Description, phrases, $"category.{category.Id}.text"));
            if (words > MostWords)
            {
                found.At("categories").Warn("W8", null,
                    $"puts {words} words (\"{language}\") into the banner; more than {MostWords} are not read.",
                    "Shorten the descriptions.");
            }
        }
    }

    private static int WordsIn(IReadOnlyDictionary<string, string> own, Translations phrases, string key) =>
        (own.GetValueOrDefault(phrases.Language) ?? phrases.Find(key) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
