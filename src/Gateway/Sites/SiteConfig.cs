using System.Text.Json.Serialization;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>Whether the gateway removes what is not granted.</summary>
[JsonConverter(typeof(CamelCaseEnum<SiteMode>))]
internal enum SiteMode
{
    /// <summary>Removes everything that is not granted.</summary>
    Enforce,

    /// <summary>Removes nothing and shows no banner. Logs what would be removed, over HTTP and by scripts.</summary>
    Observe,

    /// <summary>Forwards everything unchanged and logs nothing: the emergency exit.</summary>
    Off,
}

/// <summary>Whether the gateway keeps pages from loading content from hosts that the visitor did not allow.</summary>
[JsonConverter(typeof(CamelCaseEnum<ThirdPartyMode>))]
internal enum ThirdPartyMode
{
    /// <summary>Pages load from every host.</summary>
    Off,

    /// <summary>Pages load from every host. Browsers report the hosts that would be blocked.</summary>
    Observe,

    /// <summary>Pages load only from the site, from exempt hosts, and from hosts of granted categories.</summary>
    Enforce,
}

/// <summary>The configuration of a site: one or more hosts with one backend, one cookie table and one banner.</summary>
internal sealed record SiteConfig
{
    public string Id { get; init; } = "";

    /// <summary>Host names; a port is dropped. A single <c>*</c> matches all hosts that no other site has.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The scheme, host and port that visitors see. It decides the scheme behind a TLS terminator.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Short for a single backend with one address.</summary>
    public string? Backend { get; init; }

    public IReadOnlyList<BackendConfig> Backends { get; init; } = [];

    public SiteMode Mode { get; init; }

    /// <summary>The last day of <see cref="SiteMode.Observe"/> or <see cref="SiteMode.Off"/>, at most 30 days from now.</summary>
    public DateOnly? ObserveUntil { get; init; }

    /// <summary>The mode of a day. After <see cref="ObserveUntil"/>, it is <see cref="SiteMode.Enforce"/>.</summary>
    public SiteMode ModeOn(DateOnly today) => today <= ObserveUntil ? Mode : SiteMode.Enforce;

    /// <summary>The languages of the site. The first is the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The language of pages whose <c>lang</c> attribute is wrong or missing, by path or host; see <see cref="PageLanguages"/>.</summary>
    public IReadOnlyDictionary<string, string> PageLanguage { get; init; } = new Dictionary<string, string>();

    /// <summary>The paths of pages into which nothing is written; see <see cref="PathPatterns"/>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The paths of pages that are guarded, but show neither the banner nor the control.</summary>
    public IReadOnlyList<string> Quiet { get; init; } = [];

    /// <summary>Texts that replace those of the gateway, by language and key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Texts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public Controller Controller { get; init; } = new();

    public PolicyOptions Policy { get; init; } = new();

    public IReadOnlyList<Category> Categories { get; init; } = [];

    /// <summary>The categories with entries that need consent, in the order of the banner: the listed ones, then the standard ones that only entries use.</summary>
    public IReadOnlyList<Category> AskedCategories()
    {
        var asked = Cookies.Where(entry => entry.NeedsConsent).Select(entry => entry.Category).ToHashSet(StringComparer.Ordinal);
        var listed = Categories.Where(category => asked.Remove(category.Id)).ToList();
        return [.. listed, .. Category.Standard.Where(asked.Contains).Select(id => new Category { Id = id })];
    }

    /// <summary>Providers that entries name. What an entry does not say itself is taken from its provider.</summary>
    public IReadOnlyList<Provider> Providers { get; init; } = [];

    /// <summary>Attestations of audience measurement that entries name by their ids.</summary>
    public IReadOnlyList<AudienceAttestation> Attestations { get; init; } = [];

    public IReadOnlyList<CookieEntry> Cookies { get; init; } = [];

    public ConsentCookieOptions ConsentCookie { get; init; } = new();

    /// <summary>The path prefix of the gateway's pages.</summary>
    public string Prefix { get; init; } = "/_choices";

    public BannerOptions Banner { get; init; } = new();

    /// <summary>The consent banner of the site itself.</summary>
    public ExistingBanner? ExistingBanner { get; init; }

    public SignalOptions Signals { get; init; } = new();

    public PolicyHandling ContentSecurityPolicy { get; init; }

    public ThirdPartyMode ThirdParties { get; init; }

    /// <summary>Of how many documents one reports third-party hosts in <see cref="ThirdPartyMode.Observe"/>, after an hour without a new host.</summary>
    public int ThirdPartySample { get; init; } = 50;

    /// <summary>
    /// Hosts that belong to the site, such as a host of static files: <c>[scheme://]host[:port][/path]</c>, with <c>*.</c> in front of the host
    /// for its subdomains. The <see cref="Hosts"/> of the site are own hosts by themselves.
    /// </summary>
    public IReadOnlyList<string> OwnHosts { get; init; } = [];
}

/// <summary>How to handle a Content-Security-Policy of the page that blocks the script of the gateway.</summary>
[JsonConverter(typeof(CamelCaseEnum<PolicyHandling>))]
internal enum PolicyHandling
{
    /// <summary>A source that allows only the script of the gateway is added.</summary>
    Extend,

    /// <summary>The policy is not changed. The page is served without the script, unless the policy has a nonce that can be copied.</summary>
    Keep,
}
