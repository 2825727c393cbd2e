using Gateway.Cookies;
using Gateway.Html;

namespace Gateway.Edge.Endpoints;

/// <summary>Finds out whether a request is for a tracker that the site serves itself and that the visitor did not allow.</summary>
internal static class TrackerPaths
{
    /// <summary>Whether the request must not reach the backend. A page to which the visitor navigates is never refused.</summary>
    public static bool Refuses(HttpContext context, RequestState state)
    {
        if (state.Site.TrackerPaths is not { } paths || !state.Site.IsEnforced || state.Plan is DocumentPlan.Document or DocumentPlan.MaybeDocument)
            return false;

        return Refuses(paths, context.Request.Path.Value, state.Grants) || (Lenient(context) is { } lenient && Refuses(paths, lenient, state.Grants));
    }

    private static bool Refuses(CookieTable paths, string? path, Grants grants) => paths.Find(path) is { } row && !grants.Allows(row.Entry);

    // The backend receives the target as it was sent. Some servers merge slashes, cut ";x=1", and read "\" or "%2F" as a slash.
    private static string? Lenient(HttpContext context)
    {
        var path = RawTarget.PathOf(context);
        if (!path.ContainsAny('%', '\\', ';') && !path.Contains("//", StringComparison.Ordinal))
            return null;

        var segments = new List<string>();
        foreach (var segment in Uri.UnescapeDataString(path).Replace('\\', '/').Split('/'))
        {
            var name = segment.Split(';')[0];
            if (name == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (name is not ("" or "." or ".."))
                segments.Add(name);
        }

        return "/" + string.Join('/', segments);
    }
}
