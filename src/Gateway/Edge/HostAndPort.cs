namespace Gateway.Edge;

/// <summary>A host and port to compare, the default ports left out: behind a TLS terminator the scheme differs, the rest does not.</summary>
internal static class HostAndPort
{
    public static string Of(Uri url) => Join(url.IdnHost, url.Port);

    public static string Of(HttpRequest request)
    {
        var host = RequestHost.Of(request);
        return Join(host.Name.ToString(), host.Port);
    }

    /// <summary>Whether the request says that a page of this very host led to it.</summary>
    public static bool IsRefererOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && Of(referer) == Of(request);

    private static string Join(string host, int port)
    {
        var name = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return port is 0 or 80 or 443 ? name : $"{name}:{port}";
    }
}
