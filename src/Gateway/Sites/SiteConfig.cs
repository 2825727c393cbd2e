using System.Text.Json.Serialization;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Sites;

[JsonConverter(typeof(CamelCaseEnum<SiteMode>))]
internal enum SiteMode
{
    /// <summary>Removes what is not granted.</summary>
    Enforce,

    /// <summary>Removes nothing, writes down what it would have removed, also what the guard in pages tells of; shows no banner.</summary>
    Observe,

    /// <summary>Passes everything on as it is and writes nothing down: the emergency exit.</summary>
    Off,
}

/// <summary>One or more hosts with one backend, one cookie table, one banner.</summary>
internal sealed record SiteConfig
{
    public string Id { get; init; } = "";

    /// <summary>Host names without port; <c>*</c> alone is every host that no other site names.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Scheme, host and port that visitors see; decides the scheme behind a TLS terminator.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Short for one backend with one address.</summary>
    public string? Backend { get; init; }

    public IReadOnlyList<BackendConfig> Backends { get; init; } = [];

    public SiteMode Mode { get; init; }

    /// <summary>Last day of <see cref="SiteMode.Observe"/> or <see cref="SiteMode.Off"/>, at most 30 days ahead.</summary>
    public DateOnly? ObserveUntil { get; init; }

    /// <summary>The mode of that day; after its last day a site is enforced by itself.</summary>
    public SiteMode ModeOn(DateOnly today) => today <= ObserveUntil ? Mode : SiteMode.Enforce;

    /// <summary>Languages of the site; the first is the one shown when the page's is none of them.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Language of pages whose own <c>lang</c> is wrong, by path or host, as <see cref="PageLanguages"/> reads it.</summary>
    public IReadOnlyDictionary<string, string> PageLanguage { get; init; } = new Dictionary<string, string>();

    /// <summary>The operator's words in the place of the gateway's, by language and key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Texts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public Controller Controller { get; init; } = new();

    public PolicyOptions Policy { get; init; } = new();

    public IReadOnlyList<Category> Categories { get; init; } = [];

    /// <summary>The categories that need consent and have entries, in the order asked: those listed, then standard ones that only entries name.</summary>
    public IReadOnlyList<Category> AskedCategories()
    {
        var asked = Cookies.Where(entry => entry.NeedsConsent).Select(entry => entry.Category).ToHashSet(StringComparer.Ordinal);
        var listed = Categories.Where(category => asked.Remove(category.Id)).ToList();
        return [.. listed, .. Category.Standard.Where(asked.Contains).Select(id => new Category { Id = id })];
    }

    public IReadOnlyList<CookieEntry> Cookies { get; init; } = [];

    public ConsentCookieOptions ConsentCookie { get; init; } = new();

    /// <summary>Path under which the gateway's own pages live.</summary>
    public string Prefix { get; init; } = "/_choices";

    public BannerOptions Banner { get; init; } = new();

    /// <summary>The consent banner that the site has of its own.</summary>
    public ExistingBanner? ExistingBanner { get; init; }

    public SignalOptions Signals { get; init; } = new();

    public PolicyHandling ContentSecurityPolicy { get; init; }
}

/// <summary>What becomes of a page's own Content-Security-Policy that would refuse our script.</summary>
[JsonConverter(typeof(CamelCaseEnum<PolicyHandling>))]
internal enum PolicyHandling
{
    /// <summary>A source is added to it that allows what lies below the prefix, and nothing else.</summary>
    Extend,

    /// <summary>It stays as it is, and the page passes without the script, unless it has a nonce that can be copied.</summary>
    Keep,
}
