using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>What other scripts of the page are told: under which name, and what Google is.</summary>
internal static class SignalRules
{
    public static void Check(SiteConfig site, Diagnostics found)
    {
        if (site.Signals.ScriptApi is { } name && WindowNames.Contains(name))
        {
            found.At("scriptApi").Error("site", name, "is a name that browsers, JavaScript or another tool have taken.",
                "Choose another one, such as \"consentGateway\".");
        }

        var mode = found.At("googleConsentMode");
        foreach (var (type, category) in site.Signals.GoogleConsentMode.Types)
        {
            if (category is not null)
                CheckType(type, category, site, mode.At(type));
        }

        if (site.Signals.GoogleConsentMode.Types.Any(type => type.Category is not null && type.Type.StartsWith("ad_", StringComparison.Ordinal)))
        {
            mode.Warn("W7", null, "speaks for advertising that Google serves in the EEA, the UK and Switzerland only with a certified consent platform.",
                "This gateway is none: expect limited advertisements.");
        }
    }

    private static void CheckType(string type, string category, SiteConfig site, Diagnostics found)
    {
        var entries = site.Cookies.Where(entry => entry.Category == category).ToList();
        if (category is Category.Necessary or Category.Audience)
        {
            if (category == Category.Audience || type is not ("functionality_storage" or "security_storage"))
            {
                found.Error("V4", category, "is not asked about, but what Google does under this name needs consent.",
                    "Name a category that visitors are asked about.");
            }
        }
        else if (!site.Categories.Any(one => one.Id == category))
        {
            found.Error("category", category, "is not a category of this site.", "Add it under \"categories\", or name another one.");
        }
        else if (type is "ad_user_data" or "ad_personalization" && !entries.Any(entry => entry.SaleOrShare))
        {
            found.Warn("W7", category, "shares data with Google for advertising, but none of its entries says \"saleOrShare\".",
                "Say so where Google gets the data: browsers can then ask not to.");
        }
    }
}
