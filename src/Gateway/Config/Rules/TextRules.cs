using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Texts by language: one for each language of the site, none for another.</summary>
internal static class TextRules
{
    /// <summary>Holds texts that must be there against the site's languages.</summary>
    public static void Wanted(IReadOnlyDictionary<string, string> texts, string code, SiteConfig site, Diagnostics found)
    {
        foreach (var language in site.Languages.Where(language => !texts.ContainsKey(language)))
        {
            found.At(language).Error(code, null, $"is missing: the site's languages are {string.Join(", ", site.Languages)}.",
                "Add the text, or remove the language.");
        }

        Surplus(texts.Keys, site, found);
    }

    /// <summary>Holds texts that may be absent, but then altogether, against the site's languages.</summary>
    public static void Optional(IReadOnlyDictionary<string, string> texts, string code, SiteConfig site, Diagnostics found)
    {
        if (texts.Count > 0)
            Wanted(texts, code, site, found);
    }

    /// <summary>Tells of languages that the site does not speak.</summary>
    public static void Surplus(IEnumerable<string> languages, SiteConfig site, Diagnostics found)
    {
        if (site.Languages.Count == 0)
            return;
        foreach (var language in languages.Where(language => !site.Languages.Contains(language)))
        {
            found.At(language).Warn("unused", null, "has no effect: the site does not offer this language.",
                "Add it under \"languages\", or remove the text.");
        }
    }
}
