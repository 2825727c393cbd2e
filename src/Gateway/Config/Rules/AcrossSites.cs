using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>What sites must not have in common, in one file or in several. Each pair is told at the later site.</summary>
internal static class AcrossSites
{
    /// <param name="sites">All of the gateway's.</param>
    /// <param name="listen">Its public addresses.</param>
    public static IEnumerable<Diagnostic> Check(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen) =>
        Ids(sites).Concat(Hosts(sites)).Concat(Shared(sites)).Concat(Circles(sites, listen));

    /// <summary>A backend that is the gateway itself would be asked in circles.</summary>
    private static IEnumerable<Diagnostic> Circles(IReadOnlyList<SiteSource> sites, IReadOnlyList<string> listen)
    {
        foreach (var site in sites)
        {
            foreach (var (key, address) in Backends(site.Site).Where(backend => listen.Any(own => IsSame(own, backend.Address))))
            {
                yield return site.Error("backend", key, address, "is an address of the gateway itself.",
                    "Give the address of the site behind it.");
            }
        }
    }

    private static IEnumerable<(string Key, string Address)> Backends(SiteConfig site) => site.Backends
        .SelectMany((backend, i) => backend.Addresses.Select((address, j) => ($"backends[{i}].addresses[{j}]", address)))
        .Concat(site.Backend is { } single ? [("backend", single)] : []);

    private static bool IsSame(string listen, string backend) =>
        ListenAddress.TryParse(listen, out var own) && Uri.TryCreate(backend, UriKind.Absolute, out var uri)
        && uri.IsLoopback && own.Collides(new ListenAddress(false, "localhost", uri.Port));

    private static IEnumerable<Diagnostic> Ids(IReadOnlyList<SiteSource> sites)
    {
        var ids = new Dictionary<string, SiteSource>(StringComparer.Ordinal);
        foreach (var site in sites.Where(site => site.Site.Id.Length > 0))
        {
            if (!ids.TryAdd(site.Site.Id, site))
            {
                yield return site.Error("site", "id", site.Site.Id, $"is the id of {Name(ids[site.Site.Id], site)} already.",
                    "Choose another.");
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
                    yield return site.Error("site", $"hosts[{i}]", host, $"is a host of {Name(hosts[host], site)} already.",
                        "Keep it in one of the two.");
                }
            }
        }
    }

    /// <summary>Cookies that browsers would send to two sites: only those with a domain, so few sites are compared.</summary>
    private static IEnumerable<Diagnostic> Shared(IReadOnlyList<SiteSource> sites)
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
                    yield return SharedChoice(wide, domain, other, host);

                foreach (var (entry, index) in audience.Where(pair => Reaches(pair.entry.Domain!, other.Site) is not null))
                    yield return SharedAudience(wide, index, entry.Domain!, other);
            }
        }
    }

    private static Diagnostic SharedChoice(SiteSource wide, string domain, SiteSource other, string host) => wide.Error(
        "V15",
        "consentCookie.domain",
        domain,
        $"carries this site's choices to \"{host}\" of {Name(other, wide)}, which keeps its own under the same name.",
        "Rename one of the two consent cookies, or remove the domain.");

    private static Diagnostic SharedAudience(SiteSource wide, int entry, string domain, SiteSource other) => wide.Error(
        "V7",
        $"cookies[{entry}].domain",
        domain,
        $"shares an audience cookie with {Name(other, wide)}: visitors would be followed across sites.",
        "Remove the domain, here and where the site sets the cookie, or ask for consent.");

    private static string? Reaches(string domain, SiteConfig site) =>
        site.Hosts.FirstOrDefault(host => HostNames.IsWithin(host, domain));

    private static string Name(SiteSource site, SiteSource seenFrom) =>
        site.File == seenFrom.File ? site.Path : $"{site.File} {site.Path}";
}
