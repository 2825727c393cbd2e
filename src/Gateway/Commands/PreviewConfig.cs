using Gateway.Config;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>A configuration as <c>gateway preview</c> shows it: every site enforced, on loopback, in front of one small site of ours.</summary>
internal static class PreviewConfig
{
    /// <summary>How the ids begin under which sites are shown in every language of the gateway; no configured id holds a dot.</summary>
    public const string EveryLanguage = "all.";

    /// <param name="config">Without errors.</param>
    /// <param name="port">Where the preview is served; 0 for any free port.</param>
    /// <param name="backend">Address of the <see cref="PreviewSite"/>.</param>
    public static GatewayConfig Of(GatewayConfig config, ushort port, string backend)
    {
        var sites = config.Sites.Select(site => Of(site, backend)).ToList();
        return new GatewayConfig
        {
            Listen = [$"http://127.0.0.1:{port}"],
            Operator = new OperatorConfig { Listen = "http://127.0.0.1:0" },
            Sites = [.. sites, .. sites.Select(InEveryLanguage)],
        };
    }

    // Pages say their language themselves, so that each can be seen.
    private static SiteConfig Of(SiteConfig site, string backend) => WithScope(site) with
    {
        PublicUrl = null,
        Backend = backend,
        Backends = [],
        Mode = SiteMode.Enforce,
        ObserveUntil = null,
        PageLanguage = new Dictionary<string, string>(),
    };

    /// <summary>A choice for a whole domain is one for the preview's own: browsers would keep no other here.</summary>
    private static SiteConfig WithScope(SiteConfig site) => site.ConsentCookie.Domain is null
        ? site
        : site with { ConsentCookie = site.ConsentCookie with { Domain = Snapshot.PreviewHost(site.Id) } };

    /// <summary>What the operator wrote is in the site's first language where it is not in another.</summary>
    private static SiteConfig InEveryLanguage(SiteConfig site)
    {
        var first = site.Languages[0];
        IReadOnlyDictionary<string, string> All(IReadOnlyDictionary<string, string> texts) => texts.Count == 0
            ? texts
            : Languages.Supported.ToDictionary(language => language, language => texts.GetValueOrDefault(language) ?? texts[first]);
        CookieEntry Entry(CookieEntry entry) => entry with
        {
            Function = All(entry.Function),
            Location = All(entry.Location),
            Purpose = All(entry.Purpose),
            TransferBasis = All(entry.TransferBasis),
        };

        return WithScope(site with { Id = EveryLanguage + site.Id }) with
        {
            Languages = [first, .. Languages.Supported.Where(language => language != first)],
            Categories = [.. site.Categories.Select(one => one with { Title = All(one.Title), Description = All(one.Description) })],
            Cookies = [.. site.Cookies.Select(Entry)],
        };
    }
}
