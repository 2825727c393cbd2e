namespace Gateway.Cookies;

/// <summary>The European Economic Area. A transfer of personal data to any other country needs a legal basis (GDPR 44–49).</summary>
internal static class Eea
{
    // The 27 members of the EU, Iceland, Liechtenstein and Norway.
    private static readonly HashSet<string> Countries = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
        "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
    };

    /// <param name="country">Two-letter code (ISO 3166-1).</param>
    public static bool Contains(string country) => Countries.Contains(country);
}
