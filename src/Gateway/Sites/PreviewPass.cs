using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gateway.Consent;
using Gateway.Cookies;

namespace Gateway.Sites;

/// <summary>
/// A pass that shows one browser an observed site as if it were enforced, for one hour. It is in the link, and then in a cookie.
/// The format is <c>&lt;end&gt;.&lt;signature&gt;</c>: the end in seconds since 1970, and an HMAC-SHA256 of site and end in base64url.
/// </summary>
/// <param name="secret">The operator's token, with which passes are signed.</param>
internal sealed class PreviewPass(string secret)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Creates a pass for a site, valid from now on.</summary>
    public string Make(SiteConfig site, DateTimeOffset now)
    {
        var end = (now + Life).ToUnixTimeSeconds();
        return $"{end}.{Sign(site, end)}";
    }

    /// <summary>Whether the pass is valid for the site and has not expired. The signature is compared in constant time.</summary>
    public bool Admits(ReadOnlySpan<char> pass, SiteConfig site, DateTimeOffset now)
    {
        var dot = pass.IndexOf('.');
        return dot > 0
            && long.TryParse(pass[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(pass[(dot + 1)..]), MemoryMarshal.AsBytes(Sign(site, end).AsSpan()))
            && now.ToUnixTimeSeconds() < end;
    }

    /// <summary>Whether the first pass in a <c>Cookie</c> header is valid. A browser sends only one.</summary>
    public bool IsIn(string cookieHeader, Site site, DateTimeOffset now)
    {
        foreach (var pair in new CookiePairs(cookieHeader))
        {
            if (pair.Name.SequenceEqual(site.PassCookie) && pair.Value.StartsWith(ConsentCookie.Marker, StringComparison.Ordinal))
                return Admits(pair.Value[ConsentCookie.Marker.Length..], site.Config, now);
        }

        return false;
    }

    private string Sign(SiteConfig site, long end) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"gateway preview\n{site.Id}\n{end}")));
}
