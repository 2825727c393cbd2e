using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Gateway.Consent;

/// <summary>The cookie that stores a visitor's choice.</summary>
internal sealed record ConsentCookieOptions
{
    public string Name { get; init; } = "cookies_preferences";

    /// <summary>Days for which a decision is valid, whether it grants or refuses (CNIL 2020-092 § 39 recommends six months).</summary>
    public int Days { get; init; } = 182;

    /// <summary>The parent domain whose hosts share the choice; absent for the host alone.</summary>
    public string? Domain { get; init; }

    /// <summary>The keys with which choices are signed: the first signs, all verify. Absent where choices are not signed.</summary>
    public IReadOnlyList<string>? SigningKeys { get; init; }

    /// <summary>Whether choices are signed.</summary>
    [JsonIgnore, MemberNotNullWhen(true, nameof(SigningKeys))]
    public bool IsSigned => SigningKeys is { Count: > 0 };
}
