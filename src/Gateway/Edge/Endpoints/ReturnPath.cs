namespace Gateway.Edge.Endpoints;

/// <summary>The page to which a visitor returns after a choice. It is always a page of the same site.</summary>
internal static class ReturnPath
{
    private const int Longest = 2048;

    /// <summary>The path (with query) if it is valid; null if a browser could read it as a URL of another site.</summary>
    public static string? Check(string? path) =>
        path is { Length: <= Longest } and ['/', ..]
        && path is not ['/', '/' or '\\', ..]
        && !path.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !path.Contains('\\', StringComparison.Ordinal)
            ? path
            : null;

    /// <summary>The page of this site from which the request came, according to <c>Referer</c>; null if not known.</summary>
    /// <param name="prefix">Pages under this prefix are not returned.</param>
    public static string? OfReferer(HttpRequest request, string prefix) =>
        HostAndPort.IsRefererOf(request) && new Uri(request.Headers.Referer!) is var referer && !GatewayAddress.IsUnder(prefix, referer.AbsolutePath)
            ? Check(referer.PathAndQuery)
            : null;
}
