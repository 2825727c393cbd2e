using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for texts by language: one for each language of the site, and none for another language.</summary>
internal static class TextRules
{
    /// <summary>Validates required texts.</summary>
    public static void Required(IReadOnlyDictionary<string, string> texts, string code, SiteConfig site, Diagnostics diagnostics)
    {
        foreach (var language in site.Languages.Where(language => !texts.ContainsKey(language)))
        {
            diagnostics.At(language).Error(code, null, $"is missing: the languages of the site are {string.Join(", ", site.Languages)}.",
                "Add the text, or remove the language.");
        }

        WarnUnused(texts.Keys, site, diagnostics);
    }

    /// <summary>Validates optional texts: they are either absent or complete.</summary>
    public static void Optional(IReadOnlyDictionary<string, string> texts, string code, SiteConfig site, Diagnostics diagnostics)
    {
        if (texts.Count > 0)
            Required(texts, code, site, diagnostics);
    }

    /// <summary>Warns about languages that the site does not have.</summary>
    public static void WarnUnused(IEnumerable<string> languages, SiteConfig site, Diagnostics diagnostics)
    {
        if (site.Languages.Count == 0)
            return;
        foreach (var language in languages.Where(language => !site.Languages.Contains(language)))
        {
            diagnostics.At(language).Warn("unused", null, "has no effect: it is not a language of the site.",
                "Add it under \"languages\", or remove the text.");
        }
    }
}
