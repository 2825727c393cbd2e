namespace Gateway.Edge;

/// <summary>Host and port in a form that can be compared. Default ports are left out, because behind a TLS terminator the scheme differs.</summary>
internal static class HostAndPort
{
    public static string Of(Uri url) => Join(url.IdnHost, url.Port);

    public static string Of(HttpRequest request)
    {
        var host = RequestHost.Of(request);
        return Join(host.Name.ToString(), host.Port);
    }

    /// <summary>Whether the request has a <c>Referer</c> with the host and port of the request.</summary>
    public static bool IsRefererOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && Of(referer) == Of(request);

    private static string Join(string host, int port)
    {
        var name = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return port is 0 or 80 or 443 ? name : $"{name}:{port}";
    }
}
