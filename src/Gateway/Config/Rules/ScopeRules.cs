using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the domain and path of a cookie. The gateway can only delete a cookie with a domain and path that browsers accept from the site.</summary>
internal static class ScopeRules
{
    public static void Check(CookieEntry entry, SiteConfig site, Diagnostics diagnostics)
    {
        if (entry.Domain is { } domain && entry.Party == Party.First)
            CheckDomain(entry, domain, site, diagnostics.At("domain"));

        // Browsers compare the prefix case-insensitively (RFC 6265bis, section 5.7).
        if (entry.Names.FirstOrDefault(name => name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase)) is not { } hostCookie)
            return;

        if (entry.Domain is not null)
        {
            diagnostics.At("domain").Error("entry", entry.Domain,
                $"is used with \"{hostCookie}\", but browsers reject a __Host- cookie with a domain.", "Remove the key.");
        }

        if (entry.Path is not (null or "/"))
        {
            diagnostics.At("path").Error("entry", entry.Path,
                $"is used with \"{hostCookie}\", but browsers reject a __Host- cookie with a path other than \"/\".", "Remove the key.");
        }
    }

    private static void CheckDomain(CookieEntry entry, string domain, SiteConfig site, Diagnostics diagnostics)
    {
        var hosts = site.Hosts.Where(host => host != HostNames.Any).ToList();
        if (hosts.FirstOrDefault(host => !HostNames.IsWithin(host, domain)) is { } outside)
        {
            diagnostics.Error("entry", domain, $"does not include the host \"{outside}\", where browsers would reject the cookie.",
                "Use the domain of the site, remove the key, or set \"party\" to \"third\".");
        }
        else if (!domain.Contains('.') && !hosts.Contains(domain))
        {
            diagnostics.Error("entry", domain, "is a top-level domain, for which browsers reject cookies.",
                "Use the domain of the site.");
        }
        else if (!entry.NeedsConsent && !entry.IsAudience && hosts.Any(host => host != domain))
        {
            diagnostics.Warn("W3", domain, "sends a necessary cookie to all subdomains.",
                "If only one host needs the cookie, let the site set it without Domain.");
        }
    }
}
