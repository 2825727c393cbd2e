using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the consent cookie.</summary>
internal static class ConsentCookieRules
{
    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        var cookie = site.ConsentCookie;
        var own = diagnostics.At("consentCookie");
        if (cookie.Days is < 180 or > 184)
        {
            own.At("days").Warn("W1", $"{cookie.Days}", "differs from six months, which the CNIL recommends.", "Use 182.");
        }

        CheckLength(site, diagnostics.At("categories"));
        CheckName(cookie, site, own.At("name"));
        CheckDomain(cookie, site, own.At("domain"));
        for (var i = 0; i < site.Cookies.Count; i++)
            CheckEntry(site.Cookies[i], cookie, diagnostics.At("cookies", i));
    }

    private static void CheckLength(SiteConfig site, Diagnostics diagnostics)
    {
        var audience = site.Cookies.Where(entry => entry.IsAudience).Select(entry => entry.Number).Distinct(StringComparer.Ordinal).ToDictionary(number => number, _ => 99_999);
        var answers = site.Categories.Concat(site.AskedCategories()).Select(category => category.Id).Distinct(StringComparer.Ordinal).ToDictionary(id => id, _ => new GivenAnswer("abcdef", true));
        var rules = new ConsentRules([], site.ConsentCookie);
        var longest = ConsentCookie.Write(new ConsentState(rules.Versions, day: 99_999, answers, objected: true, audience));
        var length = longest.Length + (site.ConsentCookie.IsSigned ? ChoiceSigner.Length : 0);
        if (length > ConsentCookie.LongestValue || answers.Count + audience.Count > ConsentCookie.MostParts)
        {
            diagnostics.Error("category", $"{answers.Count}", "is more categories than fit into the consent cookie.",
                "Combine related purposes into one category.");
        }
    }

    private static void CheckName(ConsentCookieOptions cookie, SiteConfig site, Diagnostics diagnostics)
    {
        var isHttps = site.PublicUrl?.StartsWith("https:", StringComparison.Ordinal) == true;
        if (isHttps && cookie.Domain is null && !cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Note("site", cookie.Name, "can be set by every other host of the same domain, in the name of the visitor.",
                $"Use \"__Host-{cookie.Name.TrimStart('_')}\": browsers accept it from this host alone. Visitors are asked again once.");
        }

        if (!cookie.Name.StartsWith("__", StringComparison.Ordinal))
            return;
        if (cookie.Domain is not null && cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Error("site", cookie.Name, "cannot have a domain: browsers reject the cookie.",
                "Remove \"domain\", or choose a different name.");
        }

        if (site.PublicUrl?.StartsWith("http:", StringComparison.Ordinal) == true)
            diagnostics.Error("site", cookie.Name, "requires https: browsers reject the cookie on an http site.", "Choose a different name.");
    }

    private static void CheckDomain(ConsentCookieOptions cookie, SiteConfig site, Diagnostics diagnostics)
    {
        if (cookie.Domain is not { } domain)
            return;

        if (!site.Hosts.Contains(domain))
        {
            diagnostics.Error("V15", domain, "is not a host of this site.",
                "Add it under \"hosts\", or remove the domain.");
        }

        if (site.Hosts.FirstOrDefault(host => !HostNames.IsWithin(host, domain)) is { } outside)
        {
            diagnostics.Error("V15", domain, $"does not include the host \"{outside}\", where the consent cookie could not be set.",
                "Define a separate site for that host, or remove the domain.");
        }
    }

    private static void CheckEntry(CookieEntry entry, ConsentCookieOptions cookie, Diagnostics diagnostics)
    {
        var usable = entry.Kind == EntryKind.Cookie ? entry.Names.Where(NamePattern.IsUsable) : [];
        if (usable.FirstOrDefault(name => NamePattern.Overlap(name, cookie.Name)) is not { } name)
            return;

        if (!new NamePattern(name).IsExact)
        {
            diagnostics.At("names").Error("entry", name, $"matches the consent cookie \"{cookie.Name}\".",
                "Use names that do not match it, or rename the consent cookie.");
            return;
        }

        if (entry.Exemption is not { Reason: ExemptionReason.Choice })
        {
            diagnostics.At("exemption").Error("V2", name, "is the consent cookie, which has the reason \"choice\".",
                "Set \"exemption\" to { \"reason\": \"choice\" }, or rename the consent cookie.");
        }

        if ((int)entry.Duration.Length.TotalDays != cookie.Days)
        {
            diagnostics.At("duration").Error("entry", entry.Duration.ToString(), $"differs from the lifetime of the consent cookie ({cookie.Days} days).",
                "Use the same duration for both.");
        }
    }
}
