using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Proxy;

/// <summary>Headers that a <c>Connection</c> header names are for the next hop alone (RFC 9110 7.6.1); YARP passes them on.</summary>
/// <remarks>Of a request's names Kestrel forgets those that stand beside <c>close</c> or <c>keep-alive</c> (tried).</remarks>
internal static class HopByHopHeaders
{
    /// <summary>The names that are not to be passed on; mostly none, and then nothing is allocated.</summary>
    /// <param name="connection">What the sender said.</param>
    public static IEnumerable<string> In(StringValues connection) =>
        connection is [{ } only] && IsPlain(only) || connection.Count == 0 ? [] : Names(connection);

    /// <summary>The same of what a backend said.</summary>
    public static IEnumerable<string> In(HttpResponseMessage proxied) =>
        In(proxied.Headers.NonValidated.TryGetValues("Connection", out var lines) ? new StringValues([.. lines]) : default);

    private static bool IsPlain(ReadOnlySpan<char> value) =>
        Is(value, "keep-alive") || Is(value, "close") || Is(value, "Upgrade");

    // What front ends have set on the client's behalf, it cannot take back; how a message is framed, it cannot change here.
    private static bool IsKept(ReadOnlySpan<char> name) =>
        IsPlain(name) || name.IsEmpty || Is(name, "Host") || Is(name, "Forwarded") || Is(name, "X-Real-IP")
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
