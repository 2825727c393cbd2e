using System.Net.Http.Headers;
using Gateway.Edge.Documents;
using Gateway.Html;

namespace Gateway.Edge.Proxy;

/// <summary>What changes on the way to the backend beside its cookies.</summary>
internal sealed class RequestTransforms(ConnectionLogins logins, FileMemory files)
{
    // All in which a request for a page that may get our line differs from the client's.
    private static readonly string[] EditedHeaders =
    [
        "Accept-Encoding", "Available-Dictionary", "Dictionary-ID", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Range",
    ];

    /// <param name="request">With the headers that the client sent.</param>
    public void Apply(HttpContext context, HttpRequestMessage request, string destinationPrefix)
    {
        var visit = RequestState.Of(context)!;
        KeepTarget(context, request, destinationPrefix);
        if (!ReferenceEquals(visit.ForwardedCookies, visit.SentCookies) || context.Request.Headers.Cookie.Count > 1)
            Set(request.Headers, "Cookie", visit.ForwardedCookies);
        TellForwarded(context.Request, request.Headers);
        logins.Apply(context, request);
        foreach (var name in HopByHopHeaders.In(context.Request.Headers.Connection))
            request.Headers.Remove(name);

        // Where a request says a length beside its chunks, Kestrel keeps the length under this name.
        if (context.Request.Headers.TransferEncoding.Count > 0)
            request.Headers.Remove("X-Content-Length");

        // YARP drops it as a hop-by-hop header; old sites redirect by it.
        if (context.Request.Headers.TryGetValue("Upgrade-Insecure-Requests", out var upgrade))
            request.Headers.TryAddWithoutValidation("Upgrade-Insecure-Requests", (string?)upgrade);

        try
        {
            Ask(context, request.Headers, visit);
        }
        catch (Exception error)
        {
            visit.Failure = error;
            foreach (var name in EditedHeaders.Except(HopByHopHeaders.In(context.Request.Headers.Connection), StringComparer.OrdinalIgnoreCase))
                Set(request.Headers, name, context.Request.Headers[name]);
        }
    }

    private void Ask(HttpContext context, HttpRequestHeaders headers, RequestState visit)
    {
        if (context.Request.Headers.IfMatch.Count > 0)
            PageETags.RestoreMatch(headers);
        if (visit.Plan != DocumentPlan.None)
            AskForPage(context, headers, visit);
        else if (context.Request.Headers.IfNoneMatch.Count > 0)
            PageETags.DropMarked(headers);
    }

    // Raw: /a%2Fb, /caf%E9 and /a|b reach the site as they were sent. Our own routing used the decoded, normalised path.
    private static void KeepTarget(HttpContext context, HttpRequestMessage request, string destinationPrefix)
    {
        if (RawTarget.Of(context) is { } target)
        {
            var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            request.RequestUri = new Uri(string.Concat(destinationPrefix.AsSpan().TrimEnd('/'), target), options);
        }
    }

    // What a client says of itself in these headers is replaced; a declared proxy's word has been taken by now.
    private static void TellForwarded(HttpRequest client, HttpRequestHeaders headers)
    {
        Set(headers, "X-Forwarded-For", client.HttpContext.Connection.RemoteIpAddress?.ToString());
        Set(headers, "X-Forwarded-Host", client.Host.Value);
        Set(headers, "X-Forwarded-Proto", client.Scheme);
        headers.Remove("X-Forwarded-Prefix");
    }

    private static void Set(HttpRequestHeaders headers, string name, string? value)
    {
        headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
            headers.TryAddWithoutValidation(name, value);
    }

    private void AskForPage(HttpContext context, HttpRequestHeaders headers, RequestState visit)
    {
        if (visit.Site.IsOff || visit.Route?.IsOff(visit.Now) == true)
        {
            // Nothing is written into pages: only tags from before, when something was, are not the backend's.
            PageETags.Restore(headers, hash: null);
            return;
        }

        // The one coding that a line can be put into as it is, where the client takes it and this route's pages allow it.
        var takesGzip = AcceptedCodings.Takes(context.Request, "gzip") && visit.Route is not { NeedsPlain: true };
        Set(headers, "Accept-Encoding", takesGzip ? "gzip" : "identity");

        if (files.Has(visit.Site, context))
            return;

        // A part of the page as the backend has it would not fit to a part of ours; Chromium asks for the rest of a page that broke off.
        headers.Remove("Range");
        headers.Remove("If-Range");

        // Dictionaries (RFC 9842) ask for codings that we could not read.
        headers.Remove("Available-Dictionary");
        headers.Remove("Dictionary-ID");
        visit.AskedForInjected = PageETags.Restore(headers, visit.Site.Script.Hash);
    }
}
