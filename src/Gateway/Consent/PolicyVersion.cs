using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>
/// Fingerprint of what a visitor agrees to with one category: the controllers, names and hosts of its entries,
/// and whether data gained with them are sold or shared.
/// Wording, theme, order and exempt entries do not change it, so only a material change asks again (EDPB 03/2022).
/// </summary>
internal static class PolicyVersion
{
    /// <summary>Six base64url characters (36 bits).</summary>
    public static string Of(IEnumerable<CookieEntry> entriesOfOneCategory)
    {
        var lines = entriesOfOneCategory
            .Where(entry => entry.NeedsConsent)
            .SelectMany(entry => entry.Names.Select(name => $"{entry.Provider}\0{entry.Kind}\0{name}\0{entry.Domain}{(entry.SaleOrShare ? "\0sold" : "")}"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        return ShortHash.Of(string.Join('\n', lines), bytes: 5)[..6];
    }
}
