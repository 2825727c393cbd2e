namespace Gateway.Edge;

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
    public static string? OfReferer(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer)
        && HostAndPort.Of(referer) == HostAndPort.Of(request)
            ? Check(referer.PathAndQuery)
            : null;
}
