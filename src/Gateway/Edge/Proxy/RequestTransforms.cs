using System.Net.Http.Headers;
using Gateway.Edge.Documents;
using Gateway.Html;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Proxy;

/// <summary>Edits the request to the backend, except its cookies.</summary>
internal sealed class RequestTransforms(ConnectionLogins logins, FileMemory files)
{
    /// <param name="request">The request with the headers of the client.</param>
    public void Apply(HttpContext context, HttpRequestMessage request, string destinationPrefix)
    {
        var state = RequestState.Of(context)!;
        KeepTarget(context, request, destinationPrefix);
        if (!ReferenceEquals(state.ForwardedCookies, state.SentCookies) || context.Request.Headers.Cookie.Count > 1)
            Set(request.Headers, "Cookie", state.ForwardedCookies);
        ForwardingHeaders.Write(context.Request, request.Headers);
        logins.Apply(context, request);
        foreach (var name in HopByHopHeaders.In(context.Request.Headers.Connection))
            request.Headers.Remove(name);

        // Kestrel gives this name to the length of a request that has a length and chunks.
        if (context.Request.Headers.TransferEncoding.Count > 0)
            request.Headers.Remove("X-Content-Length");

        // YARP drops it as a hop-by-hop header, but old sites redirect by it.
        if (context.Request.Headers.TryGetValue("Upgrade-Insecure-Requests", out var upgrade))
            request.Headers.TryAddWithoutValidation("Upgrade-Insecure-Requests", (string?)upgrade);

        if (ServiceWorkerScript.IsExtended(context.Request, state))
            ServiceWorkerScript.AskFor(request.Headers);
        EditForPage(context, request.Headers, state);
    }

    private void EditForPage(HttpContext context, HttpRequestHeaders headers, RequestState state)
    {
        var sent = context.Request.Headers;
        if (state.Plan == DocumentPlan.None && sent.IfMatch.Count == 0 && sent.IfNoneMatch.Count == 0)
            return;

        var edits = new RequestHeaderEdits(headers);
        try
        {
            if (sent.IfMatch.Count > 0)
                PageETags.RestoreMatch(edits);
            if (state.Plan != DocumentPlan.None)
                AskForPage(context, edits, state);
            else if (sent.IfNoneMatch.Count > 0)
                PageETags.DropMarked(edits);
        }
        catch (Exception error)
        {
            edits.Restore();
            state.Failure = error;
        }
    }

    // The raw target: /a%2Fb, /caf%E9 and /a|b reach the site as they were sent. The gateway itself routes by the decoded, normalised path.
    private static void KeepTarget(HttpContext context, HttpRequestMessage request, string destinationPrefix)
    {
        if (RawTarget.Of(context) is { } target)
        {
            var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            request.RequestUri = new Uri(string.Concat(destinationPrefix.AsSpan().TrimEnd('/'), target), options);
        }
    }

    private static void Set(HttpRequestHeaders headers, string name, string? value)
    {
        headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
            headers.TryAddWithoutValidation(name, value);
    }

    private void AskForPage(HttpContext context, HeaderEdits edits, RequestState state)
    {
        if (state.IsLeftAlone || state.Route?.IsOff(state.Now) == true)
        {
            // The page gets no line: only tags without a variant are tags of the backend.
            PageETags.Restore(edits, variant: null);
            return;
        }

        edits.Set(HeaderNames.AcceptEncoding, state.Route is { NeedsPlain: true } ? "identity" : AcceptedCodings.ToAsk(context.Request));

        if (files.Has(state.Site, context))
            return;

        // A part of the backend's page does not fit a part of the page with the line. Chromium requests the rest of an interrupted page.
        edits.Remove(HeaderNames.Range);
        edits.Remove(HeaderNames.IfRange);

        // Dictionaries (RFC 9842) request codings that the gateway cannot read.
        edits.Remove("Available-Dictionary");
        edits.Remove("Dictionary-ID");
        state.AskedForInjected = PageETags.Restore(edits, state.Variant);
    }
}
