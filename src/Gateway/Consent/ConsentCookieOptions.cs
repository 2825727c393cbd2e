namespace Gateway.Consent;

/// <summary>The cookie in which a visitor's choice is kept.</summary>
internal sealed record ConsentCookieOptions
{
    public string Name { get; init; } = "cookies_preferences";

    /// <summary>Days from the decision, the same for granting and refusing (CNIL 2020-092 § 39 recommends six months).</summary>
    public int Days { get; init; } = 182;

    /// <summary>Parent domain that shares the choice; absent: this host only.</summary>
    public string? Domain { get; init; }
}
