using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the providers that several entries name.</summary>
internal static class ProviderRules
{
    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < site.Providers.Count; i++)
        {
            var provider = site.Providers[i];
            var at = diagnostics.At("providers", i);
            TextRules.Optional(provider.TransferBasis, "V1", site, at.At("transferBasis"));
            if (!seen.Add(provider.Name))
                at.At("name").Error("provider", provider.Name, "is already the name of another provider.", "Remove one of the two.");
            else if (!site.Cookies.Any(entry => entry.Provider == provider.Name))
                at.At("name").Warn("unused", provider.Name, "is not the provider of any entry.", Nearest(provider, site) ?? "Remove it, or name it in entries.");
        }
    }

    /// <summary>Whether the basis is that of the provider, which is checked there.</summary>
    public static bool HasBasisOf(CookieEntry entry, SiteConfig site) =>
        site.Providers.Any(provider => ReferenceEquals(provider.TransferBasis, entry.TransferBasis));

    private static string? Nearest(Provider provider, SiteConfig site) =>
        Config.Nearest.Of(provider.Name, site.Cookies.Select(entry => entry.Provider)) is { } nearest
            ? $"Entries name \"{nearest}\": did you mean it?"
            : null;
}
