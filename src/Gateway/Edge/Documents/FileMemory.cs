using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Documents;

/// <summary>
/// Remembers for an hour which responses to navigations were not HTML (a PDF that opened in a tab), by URL and validator. For such a file the
/// gateway lets the backend answer 304. For any other cached response that does not carry the gateway's ETag it does not, because that can be a
/// page from before the gateway was installed.
/// </summary>
internal sealed class FileMemory(TimeProvider time) : IDisposable
{
    private const int KeyBytes = 12;

    private readonly BoundedMemory<string> _files = new(capacity: 4096, lifetime: TimeSpan.FromHours(1), time);

    public int Count => _files.Count;

    /// <summary>Remembers that the response is not HTML.</summary>
    public void Remember(Site site, HttpContext context)
    {
        var headers = context.Response.Headers;
        if (KeyOf(site, context, headers.ETag.Count > 0 ? headers.ETag : headers.LastModified) is { } key)
            _files.Set(key, "");
    }

    /// <summary>Whether the request is a conditional request for a remembered file.</summary>
    public bool Has(Site site, HttpContext context)
    {
        var headers = context.Request.Headers;
        return KeyOf(site, context, headers.IfNoneMatch.Count > 0 ? headers.IfNoneMatch : headers.IfModifiedSince) is { } key
            && _files.TryGet(key, out _);
    }

    public void Dispose() => _files.Dispose();

    // A hash, because a URL with its query can be personal data.
    private static string? KeyOf(Site site, HttpContext context, string? validator) =>
        string.IsNullOrEmpty(validator) || RawTarget.Of(context) is not { } target
            ? null
            : ShortHash.Of($"{site.Config.Id}\n{target}\n{validator}", KeyBytes);
}
