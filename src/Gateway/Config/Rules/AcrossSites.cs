using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Finds conflicts between sites, within one file or between files. Each conflict is reported at the later site.</summary>
internal static class AcrossSites
{
    /// <param name="sites">All sites of the gateway.</param>
    /// <param name="listen">The public addresses of the gateway.</param>
    public static IEnumerable<Diagnostic> Check(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen) =>
        Ids(sites).Concat(Hosts(sites)).Concat(SharedCookies(sites)).Concat(Loops(sites, listen));

    /// <summary>A backend that is the gateway itself would cause an infinite loop.</summary>
    private static IEnumerable<Diagnostic> Loops(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen)
    {
        foreach (var site in sites)
        {
            foreach (var (key, address) in Backends(site.Site).Where(backend => listen.Any(own => IsSame(own, backend.Address))))
            {
                yield return site.Error("backend", key, address, "is an address of the gateway itself.",
                    "Specify the address of the site behind the gateway.");
            }
        }
    }

    private static IEnumerable<(string Key, string Address)> Backends(SiteConfig site) => site.Backends
        .SelectMany((backend, i) => backend.Addresses.Select((address, j) => ($"backends[{i}].addresses[{j}]", address)))
        .Concat(site.Backend is { } single ? [("backend", single)] : []);

    private static bool IsSame(string listen, string backend) =>
        ListenAddress.TryParse(listen, out var own) && Uri.TryCreate(backend, UriKind.Absolute, out var uri)
        && uri.IsLoopback && own.ConflictsWith(new ListenAddress(false, "localhost", uri.Port));

    private static IEnumerable<Diagnostic> Ids(IReadOnlyList<SiteSource> sites)
    {
        var ids = new Dictionary<string, SiteSource>(StringComparer.Ordinal);
        foreach (var site in sites.Where(site => site.Site.Id.Length > 0))
        {
            if (!ids.TryAdd(site.Site.Id, site))
            {
                yield return site.Error("site", "id", site.Site.Id, $"is already the id of {Name(ids[site.Site.Id], site)}.",
                    "Choose a different id.");
            }
        }
    }

    private static IEnumerable<Diagnostic> Hosts(IReadOnlyList<SiteSource> sites)
    {
        var hosts = new Dictionary<string, SiteSource>(StringComparer.Ordinal);
        foreach (var site in sites)
        {
            for (var i = 0; i < site.Site.Hosts.Count; i++)
            {
                var host = site.Site.Hosts[i];
                if (!hosts.TryAdd(host, site) && hosts[host] != site)
                {
                    yield return site.Error("site", $"hosts[{i}]", host, $"is already a host of {Name(hosts[host], site)}.",
                        "Remove it from one of the two sites.");
                }
            }
        }
    }

    /// <summary>Cookies that browsers would send to two sites. Only cookies with a domain are compared, so the cost stays low.</summary>
    private static IEnumerable<Diagnostic> SharedCookies(IReadOnlyList<SiteSource> sites)
    {
        for (var i = 0; i < sites.Count; i++)
        {
            var wide = sites[i];
            var domain = wide.Site.ConsentCookie.Domain;
            var audience = wide.Site.Cookies
                .Select((entry, index) => (entry, index))
                .Where(pair => pair.entry is { IsAudience: true, Domain: not null })
                .ToList();
            if (domain is null && audience.Count == 0)
                continue;

            foreach (var other in sites.Where(other => other != wide))
            {
                if (domain is not null && wide.Site.ConsentCookie.Name == other.Site.ConsentCookie.Name && Reaches(domain, other.Site) is { } host)
                    yield return SharedConsent(wide, domain, other, host);

                foreach (var (entry, index) in audience.Where(pair => Reaches(pair.entry.Domain!, other.Site) is not null))
                    yield return SharedAudience(wide, index, entry.Domain!, other);
            }
        }
    }

    private static Diagnostic SharedConsent(SiteSource wide, string domain, SiteSource other, string host) => wide.Error(
        "V15",
        "consentCookie.domain",
        domain,
        $"shares the consent cookie with \"{host}\" of {Name(other, wide)}, which uses the same name for its own.",
        "Rename one of the two consent cookies, or remove the domain.");

    private static Diagnostic SharedAudience(SiteSource wide, int entry, string domain, SiteSource other) => wide.Error(
        "V7",
        $"cookies[{entry}].domain",
        domain,
        $"shares an audience cookie with {Name(other, wide)}: visitors would be tracked across sites.",
        "Remove the domain, both here and where the site sets the cookie, or require consent.");

    private static string? Reaches(string domain, SiteConfig site) =>
        site.Hosts.FirstOrDefault(host => HostNames.IsWithin(host, domain));

    private static string Name(SiteSource site, SiteSource seenFrom) =>
        site.File == seenFrom.File ? site.Path : $"{site.File} {site.Path}";
}
