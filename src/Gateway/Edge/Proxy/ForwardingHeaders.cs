using System.Net.Http.Headers;

namespace Gateway.Edge.Proxy;

/// <summary>What the backend is told about the client: only by the gateway, never by the client.</summary>
internal static class ForwardingHeaders
{
    /// <summary>
    /// Removes everything that a client, or a proxy in front, says in headers of this kind, and sets <c>X-Forwarded-For</c>, <c>-Host</c> and
    /// <c>-Proto</c>. What a trusted proxy said about these is already part of the request.
    /// </summary>
    public static void Write(HttpRequest client, HttpRequestHeaders headers)
    {
        List<string>? claims = null;
        foreach (var (name, _) in headers.NonValidated)
        {
            if (IsClaim(name))
                (claims ??= []).Add(name);
        }

        foreach (var name in claims ?? [])
            headers.Remove(name);
        Set(headers, "X-Forwarded-For", client.HttpContext.Connection.RemoteIpAddress?.ToString());
        Set(headers, "X-Forwarded-Host", RequestHost.Of(client).Value);
        Set(headers, "X-Forwarded-Proto", client.Scheme);
    }

    // CGI and its descendants read "_" as "-" (X_Forwarded_For becomes HTTP_X_FORWARDED_FOR as well), so both spellings are the same header.
    private static bool IsClaim(string name) =>
        name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || (name.Length > 8 && name[0] is 'X' or 'x' && name[1] is '-' or '_' && (IsSame(name, "X-Real-IP") || IsSame(name, "X-Forwarded")
            || (name.Length > 12 && IsSame(name.AsSpan(0, 12), "X-Forwarded-"))));

    private static bool IsSame(ReadOnlySpan<char> name, string header)
    {
        if (name.Length != header.Length)
            return false;
        for (var at = 0; at < name.Length; at++)
        {
            var c = name[at] == '_' ? '-' : char.ToLowerInvariant(name[at]);
            if (c != char.ToLowerInvariant(header[at]))
                return false;
        }

        return true;
    }

    private static void Set(HttpRequestHeaders headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            headers.TryAddWithoutValidation(name, value);
    }
}
