using Gateway.Cookies;
using Gateway.Sites;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Edge.Documents;

/// <summary>
/// Remembers which answers to navigations were no pages (a PDF that opened in its tab), by address and validator: for an hour, in bounded
/// memory. A browser may be told that its copy of such a file is still good; any other copy that has no mark of ours may be a page from
/// before the gateway.
/// </summary>
internal sealed class FileMemory : IDisposable
{
    private const int MostFiles = 4096;
    private const int KeyBytes = 12;

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly MemoryCache _files = new(new MemoryCacheOptions { SizeLimit = MostFiles });

    /// <summary>How many files are remembered now.</summary>
    public int Count => _files.Count;

    /// <summary>The answer is no page.</summary>
    public void Remember(Site site, HttpContext context)
    {
        var headers = context.Response.Headers;
        if (KeyOf(site, context, headers.ETag.Count > 0 ? headers.ETag : headers.LastModified) is { } key)
            _files.Set(key, key, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
    }

    /// <summary>Whether the request asks for such a file that the browser has.</summary>
    public bool Has(Site site, HttpContext context)
    {
        var headers = context.Request.Headers;
        return KeyOf(site, context, headers.IfNoneMatch.Count > 0 ? headers.IfNoneMatch : headers.IfModifiedSince) is { } key
            && _files.TryGetValue(key, out _);
    }

    public void Dispose() => _files.Dispose();

    // An address with its query may be nobody's business: a hash of it is kept.
    private static string? KeyOf(Site site, HttpContext context, string? validator) =>
        string.IsNullOrEmpty(validator) || RawTarget.Of(context) is not { } target
            ? null
            : ShortHash.Of($"{site.Config.Id}\n{target}\n{validator}", KeyBytes);
}
