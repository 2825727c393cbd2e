using Gateway.Sites;

namespace Gateway.Edge.Endpoints;

/// <summary>Whether a choice comes from a page of this very site: nobody else may make it for the visitor (GDPR 4(11), 7(1)).</summary>
internal static class SameOrigin
{
    /// <summary>
    /// <c>Sec-Fetch-Site</c> must be <c>same-origin</c> where it is sent, <c>Origin</c> must have the site's host and port where it is
    /// sent, and one of them must be sent (plain http has no fetch metadata; old browsers have neither).
    /// </summary>
    public static bool Holds(HttpRequest request, Site site)
    {
        var fetchSite = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (fetchSite.Count == 0 && origin.Count == 0)
            return false;

        return (fetchSite.Count == 0 || fetchSite == "same-origin") && (origin.Count == 0 || IsOwn(origin.ToString(), request, site));
    }

    private static bool IsOwn(string origin, HttpRequest request, Site site)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return false;

        var sender = HostAndPort.Of(url);
        return sender == HostAndPort.Of(request) || (site.PublicUrl is { } ours && sender == HostAndPort.Of(ours));
    }
}
