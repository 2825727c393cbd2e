using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Proxy;

/// <summary>Headers that a <c>Connection</c> header names, which are only for the next hop (RFC 9110 7.6.1). YARP would forward them.</summary>
/// <remarks>Kestrel drops the names of a request that are next to <c>close</c> or <c>keep-alive</c>; <see cref="ConnectionHeaderEncoding"/> keeps them.</remarks>
internal static class HopByHopHeaders
{
    /// <summary>The names of headers that must not be forwarded. Allocates nothing where there are none, which is the usual case.</summary>
    /// <param name="connection">The <c>Connection</c> header of the sender.</param>
    public static IEnumerable<string> In(StringValues connection) =>
        connection is [{ } only] && IsConnectionOption(only) || connection.Count == 0 ? [] : Names(connection);

    /// <summary>The same for the response of a backend.</summary>
    public static IEnumerable<string> In(HttpResponseMessage proxied) =>
        In(proxied.Headers.NonValidated.TryGetValues("Connection", out var lines) ? new StringValues([.. lines]) : default);

    /// <summary>Whether the text is an option about the connection itself, or nothing: not the name of a header.</summary>
    public static bool IsConnectionOption(ReadOnlySpan<char> option) =>
        option.IsEmpty || Is(option, "keep-alive") || Is(option, "close") || Is(option, "Upgrade");

    // Header collections throw if something else than a token is used as a name.
    // A client must not remove headers that front ends have set, nor the headers that frame the message.
    private static bool IsKept(ReadOnlySpan<char> name) =>
        IsConnectionOption(name) || !HeaderLists.IsToken(name) || Is(name, "Host") || Is(name, "Forwarded") || Is(name, "X-Real-IP")
        || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static List<string> Names(StringValues connection)
    {
        var names = new List<string>();
        foreach (var line in connection)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = line.AsSpan(range).Trim();
                if (!IsKept(name))
                    names.Add(name.ToString());
            }
        }

        return names;
    }

    private static bool Is(ReadOnlySpan<char> left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
