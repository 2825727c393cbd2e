using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>The entry of the consent cookie in the policy. Its provider is the controller of the site.</summary>
internal static class ConsentCookieEntry
{
    /// <summary>The table as shown to visitors: with the entry added if the gateway sets the consent cookie and the operator has no entry for it.</summary>
    public static IReadOnlyList<CookieEntry> AddTo(SiteConfig site, ConsentRules rules)
    {
        var cookie = site.ConsentCookie;
        return !rules.HasChoice || site.Cookies.Any(entry => entry.Names.Contains(cookie.Name)) ? site.Cookies : [.. site.Cookies, Create(site)];
    }

    private static CookieEntry Create(SiteConfig site) => new()
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
