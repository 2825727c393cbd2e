namespace Gateway.Cookies;

/// <summary>The domain and path with which a browser stores a cookie (RFC 6265bis 5.7).</summary>
/// <param name="domain">The <c>Domain</c> attribute without a leading dot; empty for a cookie of the host alone.</param>
internal readonly ref struct CookieScope(ReadOnlySpan<char> domain, ReadOnlySpan<char> path)
{
    public ReadOnlySpan<char> Domain { get; } = domain;

    public ReadOnlySpan<char> Path { get; } = path;

    /// <summary>
    /// Whether an entry declares this scope. An entry without a domain declares a cookie of the host alone, an entry without a path the path
    /// <c>/</c>. Domains are compared without regard to case, paths exactly: <c>/app</c> and <c>/app/</c> are two cookies.
    /// </summary>
    public bool IsOf(CookieEntry entry) =>
        Domain.Equals(WithoutDot(entry.Domain), StringComparison.OrdinalIgnoreCase) && Path.SequenceEqual(entry.Path ?? "/");

    /// <summary>A domain without its leading dot, which browsers ignore (RFC 6265bis 5.6.3).</summary>
    public static ReadOnlySpan<char> WithoutDot(ReadOnlySpan<char> domain) => domain is ['.', ..] ? domain[1..] : domain;

    /// <summary>The path of a cookie that is set without a valid <c>Path</c>: the directory of the request (RFC 6265bis 5.1.4).</summary>
    /// <param name="target">Path of the request as it was sent; a query is ignored.</param>
    public static ReadOnlySpan<char> DefaultPath(ReadOnlySpan<char> target)
    {
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        var end = path is ['/', ..] ? path.LastIndexOf('/') : 0;
        return end == 0 ? "/" : path[..end];
    }
}
