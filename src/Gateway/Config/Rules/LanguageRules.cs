using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Which languages a site speaks, and how that of a page is known where the page itself does not tell it.</summary>
internal static class LanguageRules
{
    public static void Check(SiteConfig site, Diagnostics found)
    {
        for (var i = 0; i < site.Languages.Count; i++)
            CheckLanguage(site.Languages[i], found.At("languages", i));
        foreach (var (place, language) in site.PageLanguage)
            CheckPlace(place, language, site, found.At("pageLanguage").At(place));
    }

    private static void CheckLanguage(string language, Diagnostics found)
    {
        if (!Languages.Supported.Contains(language))
        {
            found.Error("site", language, $"is not a language the gateway has texts for ({string.Join(", ", Languages.Supported)}).",
                Languages.Match(Languages.Supported, language) is { } meant ? $"Write \"{meant}\"." : "Remove it.");
        }
        else if (!Languages.Reviewed.Contains(language))
        {
            found.Note("language", language, "is a language whose texts no native speaker has reviewed yet.",
                "Let somebody read banner, settings and policy in it; \"texts\" replaces what is wrong.");
        }
    }

    private static void CheckPlace(string place, string language, SiteConfig site, Diagnostics found)
    {
        if (site.Languages.Count > 0 && !site.Languages.Contains(language))
        {
            found.Error("language", language, $"is none of the site's languages ({string.Join(", ", site.Languages)}).",
                "Add it under \"languages\", or name one of them.");
        }

        if (PageLanguages.IsPath(place) && (!place.EndsWith('/') || place.Any(c => c is < '!' or > '~' or '?' or '#')))
        {
            found.Error("language", null, "is not a path that ends with a slash, as the address bar has it, without query.",
                $"Write for example \"/{language}/\", which means all below it, or \"/\" for every page.");
        }
        else if (!PageLanguages.IsPath(place) && !site.Hosts.Contains(place) && !site.Hosts.Contains(HostNames.Any))
        {
            found.Error("language", null, $"is neither a path, which begins with a slash, nor a host of this site ({string.Join(", ", site.Hosts)}).",
                $"Write for example \"/{language}/\", or one of the hosts.");
        }
    }
}
