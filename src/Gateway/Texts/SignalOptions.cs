using System.Text.Json.Serialization;

namespace Gateway.Texts;

/// <summary>What browsers ask on their users' behalf, and what other scripts of the page are told.</summary>
internal sealed record SignalOptions
{
    /// <summary>Whether the site says that it respects Global Privacy Control though no entry is <c>saleOrShare</c>.</summary>
    public bool GlobalPrivacyControl { get; init; }

    /// <summary>Name in <c>window</c> of the interface for the site's own scripts; null for none.</summary>
    public string? ScriptApi { get; init; }

    public GoogleConsentMode GoogleConsentMode { get; init; } = new();
}

/// <summary>
/// Google Consent Mode v2, basic: the id of the category that grants each of Google's consent types. Types without one stay denied;
/// without any the adapter is off.
/// </summary>
internal sealed record GoogleConsentMode
{
    [JsonPropertyName("ad_storage")]
    public string? AdStorage { get; init; }

    [JsonPropertyName("ad_user_data")]
    public string? AdUserData { get; init; }

    [JsonPropertyName("ad_personalization")]
    public string? AdPersonalization { get; init; }

    [JsonPropertyName("analytics_storage")]
    public string? AnalyticsStorage { get; init; }

    [JsonPropertyName("functionality_storage")]
    public string? FunctionalityStorage { get; init; }

    [JsonPropertyName("personalization_storage")]
    public string? PersonalizationStorage { get; init; }

    [JsonPropertyName("security_storage")]
    public string? SecurityStorage { get; init; }

    /// <summary>All of Google's types, by the names that Google gives them.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Type, string? Category)> Types =>
    [
        ("ad_storage", AdStorage), ("ad_user_data", AdUserData), ("ad_personalization", AdPersonalization),
        ("analytics_storage", AnalyticsStorage), ("functionality_storage", FunctionalityStorage),
        ("personalization_storage", PersonalizationStorage), ("security_storage", SecurityStorage),
    ];

    [JsonIgnore]
    public bool IsOn => Types.Any(type => type.Category is not null);
}
