namespace Gateway.Edge.Endpoints;

/// <summary>Where a visitor goes back to after a choice: a page of this site, and nowhere else.</summary>
internal static class ReturnPath
{
    private const int Longest = 2048;

    /// <summary>The path (with query), where it is one of this site; null for anything a browser could read as another site's.</summary>
    public static string? Check(string? path) =>
        path is { Length: <= Longest } and ['/', ..]
        && path is not ['/', '/' or '\\', ..]
        && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !path.Contains('\\', StringComparison.Ordinal)
            ? path
            : null;

    /// <summary>The page of this site that linked here, as the browser says; null otherwise.</summary>
    /// <param name="prefix">Our own pages are no page to go back to.</param>
    public static string? OfReferer(HttpRequest request, string prefix) =>
        HostAndPort.IsRefererOf(request) && new Uri(request.Headers.Referer!) is var referer && !GatewayAddress.IsUnder(prefix, referer.AbsolutePath)
            ? Check(referer.PathAndQuery)
            : null;
}
