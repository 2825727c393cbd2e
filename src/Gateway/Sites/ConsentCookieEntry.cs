using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>The consent cookie's own row in the policy, in the name of the site's controller.</summary>
internal static class ConsentCookieEntry
{
    /// <summary>The table as visitors are told it: with the row where the gateway ever sets its cookie and the operator gave none.</summary>
    public static IReadOnlyList<CookieEntry> AddTo(SiteConfig site, ConsentRules rules)
    {
        var cookie = site.ConsentCookie;
        return !rules.HasChoice || site.Cookies.Any(entry => entry.Names.Contains(cookie.Name)) ? site.Cookies : [.. site.Cookies, Row(site)];
    }

    private static CookieEntry Row(SiteConfig site) => new()
    {
        Provider = site.Controller.Name,
        Function = InEach(site, "own.function"),
        Names = [site.ConsentCookie.Name],
        Category = Category.Necessary,
        Purpose = InEach(site, "own.purpose"),
        Duration = new Duration(site.ConsentCookie.Days, DurationUnit.Day),
        Domain = site.ConsentCookie.Domain,
        Exemption = new Exemption { Reason = ExemptionReason.Choice },
    };

    private static Dictionary<string, string> InEach(SiteConfig site, string key) =>
        site.Languages.ToDictionary(language => language, language => Translations.For(language, site.Texts)[key], StringComparer.Ordinal);
}
