using Gateway.Sites;

namespace Gateway.Edge.Endpoints;

/// <summary>Checks that a request was sent by a page of the same site: no other site may choose for the visitor (GDPR 4(11), 7(1)).</summary>
internal static class SameOrigin
{
    /// <summary>
    /// Requires at least one of two headers: <c>Sec-Fetch-Site</c>, if present, must be <c>same-origin</c>; <c>Origin</c>, if present, must
    /// have the site's host and port. Browsers do not send fetch metadata over plain http; very old browsers send neither header.
    /// </summary>
    public static bool Holds(HttpRequest request, Site site)
    {
        var fetchSite = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (fetchSite.Count == 0 && origin.Count == 0)
            return false;

        return (fetchSite.Count == 0 || fetchSite == "same-origin") && (origin.Count == 0 || IsSite(origin.ToString(), request, site));
    }

    private static bool IsSite(string origin, HttpRequest request, Site site)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return false;

        var sender = HostAndPort.Of(url);
        return sender == HostAndPort.Of(request) || (site.PublicUrl is { } publicUrl && sender == HostAndPort.Of(publicUrl));
    }
}
