using System.Text.Json.Serialization;

namespace Gateway.Cookies;

/// <summary>What an entry of the cookie table describes.</summary>
[JsonConverter(typeof(CamelCaseEnum<EntryKind>))]
internal enum EntryKind
{
    Cookie,
    LocalStorage,
    SessionStorage,

    /// <summary>A database (IndexedDB).</summary>
    IndexedDB,

    /// <summary>A cache that a script keeps (<c>CacheStorage</c>, Service Workers 5.5).</summary>
    CacheStorage,

    /// <summary>A service worker, by the path of its script.</summary>
    ServiceWorker,

    /// <summary>A third-party host from which pages of the site load content.</summary>
    Host,

    /// <summary>A path of the site itself at which it serves a tracker, such as <c>/matomo/*</c>.</summary>
    Path,
}

/// <summary>What a page uses a third-party host for: the kinds of requests that a Content-Security-Policy distinguishes (CSP3 6.1).</summary>
[JsonConverter(typeof(CamelCaseEnum<HostUse>))]
internal enum HostUse
{
    /// <summary>Scripts, also those that workers import.</summary>
    Script,

    /// <summary>Documents in frames.</summary>
    Frame,
    Image,
    Style,
    Font,

    /// <summary>Audio, video and subtitles.</summary>
    Media,

    /// <summary>Requests by scripts: fetch, XMLHttpRequest, beacons, EventSource, WebSocket, WebTransport, <c>ping</c>.</summary>
    Connect,
    Worker,

    /// <summary>Content of <c>object</c> and <c>embed</c>.</summary>
    Object,
    Manifest,
}

/// <summary>Whether the site or a third party sets the cookie. Visitors see it; whether consent is needed does not depend on it.</summary>
[JsonConverter(typeof(CamelCaseEnum<Party>))]
internal enum Party
{
    First,
    Third,
}

/// <summary>Why an entry needs no consent: the closed list of the CNIL (2020-091).</summary>
[JsonConverter(typeof(CamelCaseEnum<ExemptionReason>))]
internal enum ExemptionReason
{
    /// <summary>Stores the visitor's consent choices.</summary>
    Choice,
    Authentication,

    /// <summary>Protects the authentication or a form (CSRF).</summary>
    Security,
    Basket,

    /// <summary>Personalises the interface (language, theme) where users expect that as part of the service.</summary>
    Interface,
    LoadBalancing,

    /// <summary>Meters the free part of a paid service.</summary>
    FreeAccess,

    /// <summary>Audience measurement under all conditions of the CNIL; requires an <see cref="AudienceAttestation"/>.</summary>
    Audience,
}

/// <summary>An exemption from consent and its basis.</summary>
internal sealed record Exemption
{
    public ExemptionReason Reason { get; init; }

    /// <summary>Required with <see cref="ExemptionReason.Audience"/>, not allowed with any other reason.</summary>
    public AudienceAttestation? Attestation { get; init; }
}

/// <summary>The conditions of the CNIL for exempt audience measurement (page of 4 July 2025). A named person states that each is met.</summary>
internal sealed record AudienceAttestation
{
    /// <summary>The id by which entries name an attestation of the site.</summary>
    public string? Id { get; init; }

    /// <summary>Whether this only names an attestation of the site.</summary>
    [JsonIgnore]
    public bool IsReference => Id is not null && AttestedBy.Length == 0;

    public bool SoleAudienceMeasurement { get; init; }
    public bool PublisherOnly { get; init; }
    public bool AnonymousOutputOnly { get; init; }
    public bool NoCrossMatching { get; init; }
    public bool NoThirdPartyTransfer { get; init; }
    public bool NoCrossSite { get; init; }
    public bool NoProviderReuse { get; init; }

    /// <summary>The person who states it.</summary>
    public string AttestedBy { get; init; } = "";

    /// <summary>Whether the policy names the person. Otherwise it names the controller.</summary>
    public bool PublishAttestedBy { get; init; }

    public DateOnly? AttestedOn { get; init; }

    /// <summary>How long the measured data are stored: at most 25 months.</summary>
    public Duration DataRetention { get; init; }
}

/// <summary>A provider that several entries name.</summary>
internal sealed record Provider
{
    /// <summary>The name, as in <see cref="CookieEntry.Provider"/>.</summary>
    public string Name { get; init; } = "";

    public string? PrivacyPolicy { get; init; }

    public string? Country { get; init; }

    public IReadOnlyDictionary<string, string> TransferBasis { get; init; } = LocalizedText.None;
}

/// <summary>One row of the cookie table.</summary>
internal sealed record CookieEntry
{
    public EntryKind Kind { get; init; }

    /// <summary>The controller (GDPR 4(7)): who sets the cookie or reads it.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The https URL of the provider's privacy policy; required where consent is asked.</summary>
    public string? PrivacyPolicy { get; init; }

    /// <summary>Two-letter code (ISO 3166-1) of the country in which the provider receives data.</summary>
    public string? Country { get; init; }

    /// <summary>The legal basis of a transfer to a country outside the EEA (GDPR 44–49), by language.</summary>
    public IReadOnlyDictionary<string, string> TransferBasis { get; init; } = LocalizedText.None;

    /// <summary>What the entry does, by language.</summary>
    public IReadOnlyDictionary<string, string> Function { get; init; } = LocalizedText.None;

    /// <summary>Where on the site it is used, by language.</summary>
    public IReadOnlyDictionary<string, string> Location { get; init; } = LocalizedText.None;

    /// <summary>
    /// Names of cookies, storage keys, databases or caches (see <see cref="NamePattern"/>), hosts as <c>[scheme://]host[:port][/path]</c>, or paths
    /// of the site, which may end in <c>*</c>.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What the hosts are used for; empty for every use.</summary>
    public IReadOnlyList<HostUse> Uses { get; init; } = [];

    /// <summary>Id of its category.</summary>
    public string Category { get; init; } = "";

    public Party Party { get; init; }

    /// <summary>The purpose, by language.</summary>
    public IReadOnlyDictionary<string, string> Purpose { get; init; } = LocalizedText.None;

    public Duration Duration { get; init; }

    /// <summary>The <c>Domain</c> attribute with which the site sets the cookie; absent where the site sends none or it is not known.</summary>
    public string? Domain { get; init; }

    /// <summary>The path with which the site sets the cookie; absent for <c>/</c>, or where it is not known.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the site sets it <c>Partitioned</c> (CHIPS): a browser deletes it only by a line with the same attribute.</summary>
    public bool Partitioned { get; init; }

    /// <summary>Whether data collected with it are sold, or shared for advertising across sites (as US state laws define the terms).</summary>
    public bool SaleOrShare { get; init; }

    /// <summary>Absent where consent is needed.</summary>
    public Exemption? Exemption { get; init; }

    /// <summary>
    /// Identifies the entry in the consent cookie: four base64url characters (24 bits of a hash of its names), which do not depend on the
    /// order of the table.
    /// </summary>
    [JsonIgnore]
    public string Number => ShortHash.Of(string.Join('\n', Names), bytes: 3);

    [JsonIgnore]
    public bool IsAudience => Exemption?.Reason == ExemptionReason.Audience;

    [JsonIgnore]
    public bool NeedsConsent => Exemption is null;

    /// <summary>The browser signals with which the entry may be neither stored nor read, even if its category is granted.</summary>
    [JsonIgnore]
    public BrowserSignals HeldBackBy => SaleOrShare ? BrowserSignals.GlobalPrivacyControl : BrowserSignals.None;

    /// <summary>
    /// The longest lifetime this entry may have: the declared one, and at most 13 months if it needs consent or is exempt audience
    /// measurement. Zero is a session.
    /// </summary>
    [JsonIgnore]
    public TimeSpan MaxLife =>
        (NeedsConsent || IsAudience) && Duration.Length > Duration.ThirteenMonths.Length ? Duration.ThirteenMonths.Length : Duration.Length;
}
