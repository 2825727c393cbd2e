using System.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>Prevents caches from giving a visitor the response of another one, or a page without the line. Only adds directives.</summary>
internal static class CacheHeaders
{
    // The most common value on compressed pages, and its replacement: constants, so that nothing is allocated for it.
    private const string Compressed = "Accept-Encoding";
    private const string CompressedPage = $"{Compressed}, {HtmlEligibility.FetchMetadata}";

    // The most common result where a policy depends on the visitor.
    private const string Private = "private", PrivateAndAsked = $"{Private}, no-cache";

    /// <summary>
    /// Makes a response private whose cookies were changed. Behind nginx <c>proxy_cache</c>, a page without its last <c>Set-Cookie</c> was
    /// given to the next visitor (tried). Removes the headers that override Cache-Control in caches.
    /// </summary>
    /// <param name="sent">The same headers as the backend sent them, which can be enumerated without an allocation.</param>
    public static void MakePrivate(IHeaderDictionary headers, HttpHeadersNonValidated sent)
    {
        foreach (var (name, _) in sent)
        {
            if (OverrulesCacheControl(name))
                headers.Remove(name);
        }

        if (!headers.CacheControl.HasMember("no-store") && !headers.CacheControl.HasMember("private"))
            headers.CacheControl = headers.CacheControl.WithMember(Private);
    }

    /// <summary>Makes caches, also the one of the browser, ask before each use: what they have may be of before the visitor's decision.</summary>
    public static void AskEachTime(IHeaderDictionary headers)
    {
        if (!headers.CacheControl.HasMember("no-store") && !headers.CacheControl.HasMember("no-cache"))
            headers.CacheControl = headers.CacheControl == Private ? PrivateAndAsked : headers.CacheControl.WithMember("no-cache");
    }

    /// <summary>Forbids every cache, also the one of the browser, to store a preview, which only one browser may see and only for an hour.</summary>
    /// <param name="response">An <see cref="HttpResponse"/> that is about to start.</param>
    public static Task KeepNowhereAsync(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        foreach (var name in headers.Keys.Where(OverrulesCacheControl).ToList())
            headers.Remove(name);
        headers.CacheControl = headers.CacheControl.HasMember("no-transform") ? "private, no-store, no-transform" : "private, no-store";
        return Task.CompletedTask;
    }

    /// <summary>
    /// Adds to <c>Vary</c> of cacheable HTML the request headers that decide about the line. Otherwise a fetched or prefetched copy without
    /// the line is shown at the next navigation (tried).
    /// </summary>
    public static void VaryByDestination(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isUpdate = context.Response.StatusCode == StatusCodes.Status304NotModified;
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            || !(HtmlEligibility.IsHtml(headers.ContentType) || (isUpdate && (headers.Vary.Count > 0 || RequestState.Of(context)!.AskedForInjected)))
            || headers.CacheControl.HasMember("no-store") || headers.Vary.HasMember("*"))
        {
            return;
        }

        var names = HtmlEligibility.DecidedBy(context.Request);
        var vary = headers.Vary;
        if (vary == Compressed && names == HtmlEligibility.FetchMetadata)
        {
            headers.Vary = CompressedPage;
            return;
        }

        if (vary.Count == 0)
        {
            headers.Vary = names;
            return;
        }

        foreach (var name in names.Split(", "))
        {
            if (!vary.HasMember(name))
                vary = vary.WithMember(name);
        }

        // One write: it happens as a whole or not at all.
        headers.Vary = vary;
    }

    // RFC 9213: the CDN-specific headers all have this ending.
    private static bool OverrulesCacheControl(string name) =>
        name.EndsWith("CDN-Cache-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Surrogate-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Edge-Control", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Accel-Expires", StringComparison.OrdinalIgnoreCase);
}
