using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>The cookie of the gateway itself.</summary>
internal static class ConsentCookieRules
{
    public static void Check(SiteConfig site, Diagnostics found)
    {
        var cookie = site.ConsentCookie;
        var own = found.At("consentCookie");
        if (cookie.Days is < 180 or > 184)
        {
            own.At("days").Warn("W1", $"{cookie.Days}", "is not six months, the CNIL's good practice.", "Write 182.");
        }

        CheckLength(site, found.At("categories"));
        CheckName(cookie, site, own.At("name"));
        CheckDomain(cookie, site, own.At("domain"));
        for (var i = 0; i < site.Cookies.Count; i++)
            CheckEntry(site.Cookies[i], cookie, found.At("cookies", i));
    }

    private static void CheckLength(SiteConfig site, Diagnostics found)
    {
        var audience = site.Cookies.Where(entry => entry.IsAudience).Select(entry => entry.Number).Distinct(StringComparer.Ordinal).ToDictionary(number => number, _ => 99_999);
        var answers = site.Categories.Concat(site.AskedCategories()).Select(category => category.Id).Distinct(StringComparer.Ordinal).ToDictionary(id => id, _ => new GivenAnswer("abcdef", true));
        var rules = new ConsentRules([], site.ConsentCookie);
        var longest = ConsentCookie.Write(new ConsentState(rules.Versions, day: 99_999, answers, objected: true, audience));
        if (longest.Length > ConsentCookie.LongestValue || answers.Count + audience.Count > ConsentCookie.MostParts)
        {
            found.Error("category", $"{answers.Count}", "are more categories than one cookie can keep the answers of.",
                "Put purposes that belong together into one category; nobody reads so many.");
        }
    }

    private static void CheckName(ConsentCookieOptions cookie, SiteConfig site, Diagnostics found)
    {
        if (!cookie.Name.StartsWith("__", StringComparison.Ordinal))
            return;
        if (cookie.Domain is not null && cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
        {
            found.Error("site", cookie.Name, "cannot have a domain: browsers refuse it.",
                "Remove \"domain\", or choose another name.");
        }

        if (site.PublicUrl?.StartsWith("http:", StringComparison.Ordinal) == true)
            found.Error("site", cookie.Name, "needs https: browsers refuse it from a plain http site.", "Choose another name.");
    }

    private static void CheckDomain(ConsentCookieOptions cookie, SiteConfig site, Diagnostics found)
    {
        if (cookie.Domain is not { } domain)
            return;

        if (!site.Hosts.Contains(domain))
        {
            found.Error("V15", domain, "is wider than this site: it is none of its hosts.",
                "Add it under \"hosts\", or remove it.");
        }

        if (site.Hosts.FirstOrDefault(host => !HostNames.IsWithin(host, domain)) is { } outside)
        {
            found.Error("V15", domain, $"does not hold the host \"{outside}\": a choice could not be kept there.",
                "Make a site of its own for that host, or remove the domain.");
        }
    }

    private static void CheckEntry(CookieEntry entry, ConsentCookieOptions cookie, Diagnostics found)
    {
        var usable = entry.Kind == EntryKind.Cookie ? entry.Names.Where(NamePattern.IsUsable) : [];
        if (usable.FirstOrDefault(name => NamePattern.Overlap(name, cookie.Name)) is not { } name)
            return;

        if (!new NamePattern(name).IsExact)
        {
            found.At("names").Error("entry", name, $"also matches the consent cookie \"{cookie.Name}\".",
                "Write names that do not, or rename the consent cookie.");
            return;
        }

        if (entry.Exemption is not { Reason: ExemptionReason.Choice })
        {
            found.At("exemption").Error("V2", name, "is the consent cookie, whose reason is \"choice\".",
                "Write \"exemption\": { \"reason\": \"choice\" }, or rename the consent cookie.");
        }

        if ((int)entry.Duration.Length.TotalDays != cookie.Days)
        {
            found.At("duration").Error("entry", entry.Duration.ToString(), $"is not how long the consent cookie lives ({cookie.Days} days).",
                "Make the two the same.");
        }
    }
}
