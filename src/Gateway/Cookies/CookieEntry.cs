using System.Text.Json.Serialization;

namespace Gateway.Cookies;

/// <summary>What an entry of the cookie table is about.</summary>
[JsonConverter(typeof(CamelCaseEnum<EntryKind>))]
internal enum EntryKind
{
    Cookie,
    LocalStorage,
    SessionStorage,

    /// <summary>A third-party host that pages of the site ask for content.</summary>
    Host,
}

/// <summary>Who keeps the entry; shown to the visitor, never a reason for or against consent.</summary>
[JsonConverter(typeof(CamelCaseEnum<Party>))]
internal enum Party
{
    First,
    Third,
}

/// <summary>Why an entry needs no consent: the CNIL's closed list (2020-091), and nothing else.</summary>
[JsonConverter(typeof(CamelCaseEnum<ExemptionReason>))]
internal enum ExemptionReason
{
    /// <summary>Keeps the visitor's cookie choices.</summary>
    Choice,
    Authentication,

    /// <summary>Secures the authentication or a form (CSRF).</summary>
    Security,
    Basket,

    /// <summary>Personalises the interface where that is an intrinsic, expected part of the service (language, theme).</summary>
    Interface,
    LoadBalancing,

    /// <summary>Meters the free part of a paid service.</summary>
    FreeAccess,

    /// <summary>Audience measurement under all the conditions of the CNIL; wants an <see cref="AudienceAttestation"/>.</summary>
    Audience,
}

/// <summary>An exemption from consent and what it rests on.</summary>
internal sealed record Exemption
{
    public ExemptionReason Reason { get; init; }

    /// <summary>Only with <see cref="ExemptionReason.Audience"/>, and then all of it.</summary>
    public AudienceAttestation? Attestation { get; init; }
}

/// <summary>Each condition of the CNIL for exempt audience measurement (page of 4 July 2025), stated as true by a named person.</summary>
internal sealed record AudienceAttestation
{
    public bool SoleAudienceMeasurement { get; init; }
    public bool PublisherOnly { get; init; }
    public bool AnonymousOutputOnly { get; init; }
    public bool NoCrossMatching { get; init; }
    public bool NoThirdPartyTransfer { get; init; }
    public bool NoCrossSite { get; init; }
    public bool NoProviderReuse { get; init; }

    /// <summary>Who states it.</summary>
    public string AttestedBy { get; init; } = "";

    public DateOnly? AttestedOn { get; init; }

    /// <summary>How long the measured data are kept: 25 months at most.</summary>
    public Duration DataRetention { get; init; }
}

/// <summary>One row of the cookie table.</summary>
internal sealed record CookieEntry
{
    public EntryKind Kind { get; init; }

    /// <summary>The controller: whoever keeps the cookie or reads it.</summary>
    public string Provider { get; init; } = "";

    /// <summary>https address of the provider's privacy policy; wanted wherever consent is asked.</summary>
    public string? PrivacyPolicy { get; init; }

    /// <summary>Two-letter country (ISO 3166-1) in which the provider receives data.</summary>
    public string? Country { get; init; }

    /// <summary>What a transfer outside the EEA rests on (GDPR 44–49), by language.</summary>
    public IReadOnlyDictionary<string, string> TransferBasis { get; init; } = LocalizedText.None;

    /// <summary>What the entry does, by language.</summary>
    public IReadOnlyDictionary<string, string> Function { get; init; } = LocalizedText.None;

    /// <summary>Where on the site it is used, by language.</summary>
    public IReadOnlyDictionary<string, string> Location { get; init; } = LocalizedText.None;

    /// <summary>
    /// Cookie names, storage keys or hosts, case-sensitive as browsers compare them (RFC 6265bis 5.7);
    /// each exact or with one <c>*</c> for any text.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Id of its category.</summary>
    public string Category { get; init; } = "";

    public Party Party { get; init; }

    /// <summary>Why it is kept, by language.</summary>
    public IReadOnlyDictionary<string, string> Purpose { get; init; } = LocalizedText.None;

    public Duration Duration { get; init; }

    /// <summary>The <c>Domain</c> with which the site sets it; absent when it may be this host or any parent.</summary>
    public string? Domain { get; init; }

    /// <summary>The <c>Path</c> with which the site sets it; absent when it may be any.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the site sets it <c>Partitioned</c> (CHIPS): its deletion must say the same.</summary>
    public bool Partitioned { get; init; }

    /// <summary>Whether data gained with it are sold, or shared for advertising across sites (as US state laws use the words).</summary>
    public bool SaleOrShare { get; init; }

    /// <summary>Absent: consent is asked.</summary>
    public Exemption? Exemption { get; init; }

    [JsonIgnore]
    public bool IsAudience => Exemption?.Reason == ExemptionReason.Audience;

    [JsonIgnore]
    public bool NeedsConsent => Exemption is null;

    /// <summary>The signals under which it may be neither stored nor read, whatever was granted.</summary>
    [JsonIgnore]
    public BrowserSignals HeldBackBy => SaleOrShare ? BrowserSignals.GlobalPrivacyControl : BrowserSignals.None;

    /// <summary>
    /// Longest life this entry may have, zero for a session: what is declared, and 13 months at most where it was consented to or is
    /// exempt audience measurement.
    /// </summary>
    [JsonIgnore]
    public TimeSpan MaxLife =>
        (NeedsConsent || IsAudience) && Duration.Length > Duration.ThirteenMonths.Length ? Duration.ThirteenMonths.Length : Duration.Length;
}
