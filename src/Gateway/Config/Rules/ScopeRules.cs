using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Domain and path of a cookie: they must be ones that browsers accept from this site, or it is never expired.</summary>
internal static class ScopeRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics found)
    {
        if (entry.Domain is { } domain && entry.Party == Party.First)
            CheckDomain(entry, domain, site, found.At("domain"));

        // Browsers compare the prefix without regard to case (RFC 6265bis 5.7).
        if (entry.Names.FirstOrDefault(name => name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase)) is not { } bound)
            return;

        if (entry.Domain is not null)
        {
            found.At("domain").Error("entry", entry.Domain,
                $"goes with \"{bound}\", but browsers refuse a __Host- cookie with a domain.", "Remove it.");
        }

        if (entry.Path is not (null or "/"))
        {
            found.At("path").Error("entry", entry.Path,
                $"goes with \"{bound}\", but browsers refuse a __Host- cookie with another path than \"/\".", "Remove it.");
        }
    }

    private static void CheckDomain(CookieEntry entry, string domain, SiteConfig site, Diagnostics found)
    {
        var named = site.Hosts.Where(host => host != HostNames.Any).ToList();
        if (named.FirstOrDefault(host => !HostNames.IsWithin(host, domain)) is { } outside)
        {
            found.Error("entry", domain, $"does not hold the host \"{outside}\": browsers refuse the cookie there.",
                "Write the site's own domain, remove the key, or say \"party\": \"third\".");
        }
        else if (!domain.Contains('.') && !named.Contains(domain))
        {
            found.Error("entry", domain, "is a top-level domain: browsers refuse cookies for it.",
                "Write the site's own domain.");
        }
        else if (!entry.NeedsConsent && !entry.IsAudience && named.Any(host => host != domain))
        {
            found.Warn("W3", domain, "sends a necessary cookie to every host below it.",
                "Let the site set it without Domain, if only this host needs it.");
        }
    }
}
