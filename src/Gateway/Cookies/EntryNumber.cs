using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Cookies;

/// <summary>A short number for an entry that does not depend on its place in the table.</summary>
internal static class EntryNumber
{
    /// <summary>Four base64url characters (24 bits) of a SHA-256 over the entry's names.</summary>
    public static string Of(CookieEntry entry) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', entry.Names))).AsSpan(0, 3));
}
