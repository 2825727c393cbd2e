using Gateway.Cookies;

namespace Gateway.Tests.Support;

/// <summary>Small cookie tables for tests without I/O.</summary>
internal static class Table
{
    public static CookieEntry Necessary(params string[] names) => new()
    {
        Provider = "Site",
        Names = names,
        Category = Category.Necessary,
        Duration = new Duration(14, DurationUnit.Day),
        Exemption = new Exemption { Reason = ExemptionReason.Authentication },
    };

    public static CookieEntry Asked(string category, params string[] names) => new()
    {
        Provider = "Analyst",
        Names = names,
        Category = category,
        Duration = new Duration(6, DurationUnit.Month),
    };

    public static CookieEntry Audience(string duration, params string[] names) => new()
    {
        Provider = "Site",
        Names = names,
        Category = Category.Audience,
        Duration = Duration.TryParse(duration, out var parsed) ? parsed : throw new ArgumentException(duration),
        Exemption = new Exemption { Reason = ExemptionReason.Audience, Attestation = new AudienceAttestation() },
    };

    public static Grants Granting(params string[] categories) =>
        new(categories.ToHashSet(), audience: true, firstDays: new Dictionary<string, int>());
}
