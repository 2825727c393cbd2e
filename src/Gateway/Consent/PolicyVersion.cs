using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>
/// Fingerprint of what a visitor agrees to with one category: the controllers, names and hosts of its entries, and whether their data are
/// sold or shared. Texts, theme, order and exempt entries do not change it, so that visitors are asked again only after a material change
/// (EDPB 03/2022).
/// </summary>
internal static class PolicyVersion
{
    /// <returns>Six base64url characters (36 bits).</returns>
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
