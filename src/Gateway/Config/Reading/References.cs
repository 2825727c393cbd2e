using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Reading;

/// <summary>Completes the entries of a site with what they name: providers and attestations are described once.</summary>
internal static class References
{
    public static SiteConfig Resolve(SiteConfig site) => site with
    {
        // A site serves all ports of its hosts.
        Hosts = [.. site.Hosts.Select(WithoutPort)],
        Cookies = [.. site.Cookies.Select(entry => WithAttestation(WithProvider(entry, site), site))],
    };

    private static string WithoutPort(string host) => host.LastIndexOf(':') is var colon && colon > host.LastIndexOf(']') ? host[..colon] : host;

    private static CookieEntry WithProvider(CookieEntry entry, SiteConfig site) =>
        site.Providers.FirstOrDefault(provider => provider.Name == entry.Provider) is { } provider
            ? entry with
            {
                PrivacyPolicy = entry.PrivacyPolicy ?? provider.PrivacyPolicy,
                Country = entry.Country ?? provider.Country,
                TransferBasis = entry.TransferBasis.Count > 0 ? entry.TransferBasis : provider.TransferBasis,
            }
            : entry;

    private static CookieEntry WithAttestation(CookieEntry entry, SiteConfig site) =>
        entry.Exemption?.Attestation is { IsReference: true } named && site.Attestations.FirstOrDefault(one => one.Id == named.Id) is { } found
            ? entry with { Exemption = entry.Exemption with { Attestation = found } }
            : entry;
}
