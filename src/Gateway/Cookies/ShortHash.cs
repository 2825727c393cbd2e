using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Cookies;

/// <summary>Short identifiers for long texts.</summary>
internal static class ShortHash
{
    /// <summary>The first bytes of the SHA-256 of the text in base64url: four characters for every three bytes.</summary>
    public static string Of(string text, int bytes) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
