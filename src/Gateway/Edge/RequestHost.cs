using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>The authority of a request, as the client sent it.</summary>
/// <remarks>
/// <see cref="HttpRequest.Host"/> decodes Punycode: a configured <c>xn--bcher-kva.test</c> would never match, a backend would get
/// <c>??????.test</c>, and <c>xn--</c> throws. This type is the only reader of the header.
/// </remarks>
/// <param name="Value">The whole authority; empty if the request has none (HTTP/1.0).</param>
internal readonly record struct RequestHost(string Value)
{
    /// <summary>The host without the port; an IPv6 address keeps its brackets.</summary>
    public ReadOnlySpan<char> Name => Value.AsSpan(0, NameLength);

    /// <summary>The port; 0 if there is none, or if it is not a number.</summary>
    public int Port =>
        NameLength < Value.Length && ushort.TryParse(Value.AsSpan(NameLength + 1), System.Globalization.NumberStyles.None, null, out var port) ? port : 0;

    // The colons of an IPv6 address are inside brackets.
    private int NameLength => Value.LastIndexOf(':') is var colon && colon > Value.LastIndexOf(']') ? colon : Value.Length;

    /// <summary>The host and an optional port in the visitor's address bar, in lower case.</summary>
    public static string SeenByVisitor(HttpRequest request, Site site) => site.PublicUrl?.Authority ?? Of(request).Value.ToLowerInvariant();

    public static RequestHost Of(HttpRequest request) => new(request.Headers.Host.ToString());
}
