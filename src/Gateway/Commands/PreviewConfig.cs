using Gateway.Config;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>The configuration of <c>gateway preview</c>: every site is enforced and served on loopback, in front of a built-in site.</summary>
internal static class PreviewConfig
{
    /// <summary>The prefix of the ids of sites that are shown in every supported language. Configured ids contain no dot.</summary>
    public const string EveryLanguage = "all.";

    /// <summary>Creates the configuration.</summary>
    /// <param name="config">A configuration without errors.</param>
    /// <param name="port">The port of the preview; 0 for any free port.</param>
    /// <param name="backend">The address of the <see cref="PreviewSite"/>.</param>
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

    // The pages of the preview declare their language, so that each language can be shown.
    private static SiteConfig Of(SiteConfig site, string backend) => WithScope(site) with
    {
        PublicUrl = null,
        Backend = backend,
        Backends = [],
        Mode = SiteMode.Enforce,
        ObserveUntil = null,
        PageLanguage = new Dictionary<string, string>(),
    };

    /// <summary>Replaces the domain of the consent cookie by the host of the preview: browsers would reject any other.</summary>
    private static SiteConfig WithScope(SiteConfig site) => site.ConsentCookie.Domain is null
        ? site
        : site with { ConsentCookie = site.ConsentCookie with { Domain = Snapshot.PreviewHost(site.Id) } };

    /// <summary>A text of the operator that is missing in a language is shown in the first language of the site.</summary>
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
