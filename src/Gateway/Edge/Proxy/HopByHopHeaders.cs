using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Proxy;

/// <summary>Headers that a <c>Connection</c> header names are for the next hop alone (RFC 9110 7.6.1); YARP passes them on.</summary>
/// <remarks><see cref="ConnectionHeaderEncoding"/> keeps the names of a request.</remarks>
internal static class HopByHopHeaders
{
    // RFC 9110 5.6.2. Anything else is no name, and the collections of headers throw where it is taken for one.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The names that are not to be passed on; mostly none, and then nothing is allocated.</summary>
    /// <param name="connection">What the sender said.</param>
    public static IEnumerable<string> In(StringValues connection) =>
        connection is [{ } only] && IsConnectionOption(only) || connection.Count == 0 ? [] : Names(connection);

    /// <summary>The same of what a backend said.</summary>
    public static IEnumerable<string> In(HttpResponseMessage proxied) =>
        In(proxied.Headers.NonValidated.TryGetValues("Connection", out var lines) ? new StringValues([.. lines]) : default);

    /// <summary>Whether the text is an option about the connection itself, or nothing: not the name of a header.</summary>
    public static bool IsConnectionOption(ReadOnlySpan<char> option) =>
        option.IsEmpty || Is(option, "keep-alive") || Is(option, "close") || Is(option, "Upgrade");

    // What front ends have set on the client's behalf, it cannot take back; how a message is framed, it cannot change here.
    private static bool IsKept(ReadOnlySpan<char> name) =>
        IsConnectionOption(name) || name.ContainsAnyExcept(TokenCharacters) || Is(name, "Host") || Is(name, "Forwarded") || Is(name, "X-Real-IP")
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
