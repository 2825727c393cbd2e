using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the script interface and for Google Consent Mode.</summary>
internal static class SignalRules
{
    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        if (site.Signals.ScriptApi is { } name && WindowNames.Contains(name))
        {
            diagnostics.At("scriptApi").Error("site", name, "is already used by browsers, JavaScript or another tool.",
                "Choose a different name, such as \"consentGateway\".");
        }

        var mode = diagnostics.At("googleConsentMode");
        foreach (var (type, category) in site.Signals.GoogleConsentMode.Types)
        {
            if (category is not null)
                CheckType(type, category, site, mode.At(type));
        }

        if (site.Signals.GoogleConsentMode.Types.Any(type => type.Category is not null && type.Type.StartsWith("ad_", StringComparison.Ordinal)))
        {
            mode.Warn("W7", null, "configures advertising that Google serves in the EEA, the UK and Switzerland only with a certified consent platform.",
                "This gateway is not certified: expect limited ads.");
        }
    }

    private static void CheckType(string type, string category, SiteConfig site, Diagnostics diagnostics)
    {
        var entries = site.Cookies.Where(entry => entry.Category == category).ToList();
        if (category is Category.Necessary or Category.Audience)
        {
            if (category == Category.Audience || type is not ("functionality_storage" or "security_storage"))
            {
                diagnostics.Error("V4", category, "is not a category that needs consent, but this consent type of Google does.",
                    "Use a category that needs consent.");
            }
        }
        else if (!site.Categories.Any(one => one.Id == category))
        {
            diagnostics.Error("category", category, "is not a category of this site.", "Add it under \"categories\", or use another category.");
        }
        else if (type is "ad_user_data" or "ad_personalization" && !entries.Any(entry => entry.SaleOrShare))
        {
            diagnostics.Warn("W7", category, "shares data with Google for advertising, but none of its entries sets \"saleOrShare\".",
                "Set it on the entries whose data Google receives, so that Global Privacy Control applies.");
        }
    }
}
