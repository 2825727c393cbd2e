using Gateway.Html;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Edge;

/// <summary>What changes on the way to the backend beside its cookies.</summary>
internal sealed class RequestTransforms(ConnectionLogins logins)
{
    public ValueTask ApplyAsync(RequestTransformContext transform)
    {
        var visit = Visit.Of(transform.HttpContext)!;
        KeepTarget(transform);
        logins.Apply(transform);
        foreach (var name in Nominated.In(transform.HttpContext.Request.Headers.Connection))
            transform.ProxyRequest.Headers.Remove(name);

        // YARP drops it as a hop-by-hop header; old sites redirect by it.
        if (transform.HttpContext.Request.Headers.TryGetValue("Upgrade-Insecure-Requests", out var upgrade))
            transform.ProxyRequest.Headers.TryAddWithoutValidation("Upgrade-Insecure-Requests", (string?)upgrade);

        if (visit.Plan != DocumentPlan.None)
            AskForPage(transform, visit);
        return ValueTask.CompletedTask;
    }

    // Raw: /a%2Fb, /caf%E9 and /a|b reach the site as they were sent. Our own routing used the decoded, normalised path.
    private static void KeepTarget(RequestTransformContext transform)
    {
        if (RawTarget.Of(transform.HttpContext) is { } target)
        {
            var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            transform.ProxyRequest.RequestUri = new Uri(transform.DestinationPrefix.TrimEnd('/') + target, options);
        }
    }

    private static void AskForPage(RequestTransformContext transform, Visit visit)
    {
        var headers = transform.ProxyRequest.Headers;
        if (visit.Site.Observes || visit.Route?.IsOff(visit.Now) == true)
        {
            // Nothing is written into pages: only tags from before, when something was, are not the backend's.
            Validators.Restore(headers, hash: null);
            return;
        }

        // The one coding that a line can be put into as it is, where the client takes it and this route's pages allow it.
        var takesGzip = AcceptedCodings.Takes(transform.HttpContext.Request, "gzip") && visit.Route is not { NeedsPlain: true };
        headers.Remove("Accept-Encoding");
        headers.TryAddWithoutValidation("Accept-Encoding", takesGzip ? "gzip" : "identity");

        // Dictionaries (RFC 9842) ask for codings that we could not read.
        headers.Remove("Available-Dictionary");
        headers.Remove("Dictionary-ID");
        visit.AskedForInjected = Validators.Restore(headers, visit.Site.Script.Hash);
    }
}
