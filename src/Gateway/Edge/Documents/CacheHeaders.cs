using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Documents;

/// <summary>Keeps caches from showing one visitor another's response, or a page without our line. Only ever adds strictness.</summary>
internal static class CacheHeaders
{
    // What most pages say that come compressed, and what is made of it: a constant, for it would be made for each of them.
    private const string Compressed = "Accept-Encoding";
    private const string CompressedPage = $"{Compressed}, {HtmlEligibility.FetchMetadata}";

    /// <summary>
    /// A response whose cookies were changed is for its visitor alone: behind nginx <c>proxy_cache</c>, a page that had lost its last
    /// <c>Set-Cookie</c> was shown to the next visitor (tried). Headers that overrule Cache-Control in caches go.
    /// </summary>
    /// <param name="sent">The same headers as the backend sent them: they are gone through without allocating.</param>
    public static void MakePrivate(IHeaderDictionary headers, HttpHeadersNonValidated sent)
    {
        foreach (var (name, _) in sent)
        {
            if (OverrulesCacheControl(name))
                headers.Remove(name);
        }

        if (!Says(headers.CacheControl, "no-store") && !Says(headers.CacheControl, "private"))
            headers.CacheControl = Add(headers.CacheControl, "private");
    }

    /// <summary>What one browser alone may see, and for an hour, no cache keeps, not even its own.</summary>
    /// <param name="response">An <see cref="HttpResponse"/> that is about to start.</param>
    public static Task KeepNowhereAsync(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        foreach (var name in headers.Keys.Where(OverrulesCacheControl).ToList())
            headers.Remove(name);
        headers.CacheControl = Says(headers.CacheControl, "no-transform") ? "private, no-store, no-transform" : "private, no-store";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Cacheable HTML varies by what asked for it: else a fetched or prefetched copy without our line is shown at the next navigation
    /// (tried). Without fetch metadata, by the headers that were read instead.
    /// </summary>
    public static void VaryByDestination(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isUpdate = context.Response.StatusCode == StatusCodes.Status304NotModified;
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            || !(HtmlEligibility.IsHtml(headers.ContentType) || (isUpdate && (headers.Vary.Count > 0 || RequestState.Of(context)!.AskedForInjected)))
            || Says(headers.CacheControl, "no-store") || Says(headers.Vary, "*"))
        {
            return;
        }

        var names = HtmlEligibility.DecidedBy(context.Request);
        var saysSome = false;
        foreach (var name in names.AsSpan().Split(", "))
            saysSome |= Says(headers.Vary, names.AsSpan(name));
        if (!saysSome)
        {
            headers.Vary = headers.Vary == Compressed && names == HtmlEligibility.FetchMetadata ? CompressedPage : Add(headers.Vary, names);
            return;
        }

        foreach (var name in names.Split(", "))
        {
            if (!Says(headers.Vary, name))
                headers.Vary = Add(headers.Vary, name);
        }
    }

    /// <summary>Whether a comma-separated header has this member; a member with an argument (<c>private="x"</c>) is another one.</summary>
    public static bool Says(StringValues header, ReadOnlySpan<char> member)
    {
        foreach (var line in header)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[part].Trim().Equals(member, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    // RFC 9213 gives each CDN a header of its own, whose name ends alike.
    private static bool OverrulesCacheControl(string name) =>
        name.EndsWith("CDN-Cache-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Surrogate-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Edge-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Accel-Expires", StringComparison.OrdinalIgnoreCase);

    private static string Add(StringValues header, string member) => StringValues.IsNullOrEmpty(header) ? member : $"{header}, {member}";
}
