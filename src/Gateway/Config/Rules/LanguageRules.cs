using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Rules for the languages of a site and of its pages.</summary>
internal static class LanguageRules
{
    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        for (var i = 0; i < site.Languages.Count; i++)
            CheckLanguage(site.Languages[i], diagnostics.At("languages", i));
        foreach (var (scope, language) in site.PageLanguage)
            CheckScope(scope, language, site, diagnostics.At("pageLanguage").At(scope));
    }

    private static void CheckLanguage(string language, Diagnostics diagnostics)
    {
        if (!Languages.Supported.Contains(language))
        {
            diagnostics.Error("site", language, $"is not a supported language ({string.Join(", ", Languages.Supported)}).",
                Languages.Match(Languages.Supported, language) is { } nearest ? $"Use \"{nearest}\"." : "Remove it.");
        }
        else if (!Languages.Reviewed.Contains(language))
        {
            diagnostics.Note("language", language, "is a language whose texts have not been reviewed by a native speaker.",
                "Have the banner, settings and policy reviewed in this language. Use \"texts\" to correct them.");
        }
    }

    private static void CheckScope(string scope, string language, SiteConfig site, Diagnostics diagnostics)
    {
        if (site.Languages.Count > 0 && !site.Languages.Contains(language))
        {
            diagnostics.Error("language", language, $"is not a language of the site ({string.Join(", ", site.Languages)}).",
                "Add it under \"languages\", or use one of them.");
        }

        if (PageLanguages.IsPath(scope) && (!scope.EndsWith('/') || scope.Any(c => c is < '!' or > '~' or '?' or '#')))
        {
            diagnostics.Error("language", null, "is not a valid path: it must be percent-encoded and end with a slash, without a query.",
                $"Use a path such as \"/{language}/\" for all pages below it, or \"/\" for every page.");
        }
        else if (!PageLanguages.IsPath(scope) && !site.Hosts.Contains(scope) && !site.Hosts.Contains(HostNames.Any))
        {
            diagnostics.Error("language", null, $"is neither a path that starts with a slash nor a host of this site ({string.Join(", ", site.Hosts)}).",
                $"Use a path such as \"/{language}/\", or one of the hosts.");
        }
    }
}
