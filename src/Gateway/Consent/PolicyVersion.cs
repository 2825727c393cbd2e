using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Gateway.Cookies;

namespace Gateway.Consent;

/// <summary>
/// Fingerprint of what a visitor agrees to with one category: the controllers, names and hosts of its entries.
/// Wording, theme, order and exempt entries do not change it, so only a material change asks again (EDPB 03/2022).
/// </summary>
internal static class PolicyVersion
{
    /// <summary>Six base64url characters (36 bits).</summary>
    public static string Of(IEnumerable<CookieEntry> entriesOfOneCategory)
    {
        var lines = entriesOfOneCategory
            .Where(entry => entry.NeedsConsent)
            .SelectMany(entry => entry.Names.Select(name => $"{entry.Provider}\0{entry.Kind}\0{name}\0{entry.Domain}"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        return Short(string.Join('\n', lines), bytes: 5)[..6];
    }

    /// <summary>The first bytes of a SHA-256, in base64url.</summary>
    public static string Short(string text, int bytes) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
