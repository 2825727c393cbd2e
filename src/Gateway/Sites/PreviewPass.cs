using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gateway.Consent;
using Gateway.Cookies;

namespace Gateway.Sites;

/// <summary>
/// What lets one browser see a site as it is to be, for an hour: <c>&lt;end&gt;.&lt;signature&gt;</c>, the end in seconds since 1970, the
/// signature an HMAC-SHA256 over site and end in base64url. It stands in the link, then in a cookie.
/// </summary>
/// <param name="secret">The operator's token: whoever knows it may make passes.</param>
internal sealed class PreviewPass(string secret)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>A pass for one site, from now on.</summary>
    public string Make(SiteConfig site, DateTimeOffset now)
    {
        var end = (now + Life).ToUnixTimeSeconds();
        return $"{end}.{Sign(site, end)}";
    }

    /// <summary>Whether it was made for the site with this secret and is not over; in the same time for every wrong signature.</summary>
    public bool Admits(ReadOnlySpan<char> pass, SiteConfig site, DateTimeOffset now)
    {
        var dot = pass.IndexOf('.');
        return dot > 0
            && long.TryParse(pass[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(pass[(dot + 1)..]), MemoryMarshal.AsBytes(Sign(site, end).AsSpan()))
            && now.ToUnixTimeSeconds() < end;
    }

    /// <summary>Whether the first pass in a request's <c>Cookie</c> header admits; a browser has one.</summary>
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
