using System.Text.Json.Serialization;

namespace Gateway.Texts;

/// <summary>The signals that the gateway accepts from browsers and gives to scripts of the page.</summary>
internal sealed record SignalOptions
{
    /// <summary>Whether the site states that it respects Global Privacy Control even if no entry is <c>saleOrShare</c>.</summary>
    public bool GlobalPrivacyControl { get; init; }

    /// <summary>The property of <c>window</c> with the interface for scripts of the site; null for none.</summary>
    public string? ScriptApi { get; init; }

    public GoogleConsentMode GoogleConsentMode { get; init; } = new();
}

/// <summary>
/// Google Consent Mode v2 (basic): the id of the category that grants each consent type. Types without a category stay denied. Without any
/// category, the adapter is off.
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

    /// <summary>The consent types by their names.</summary>
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
