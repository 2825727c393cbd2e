using System.Globalization;

namespace Gateway.Cookies;

/// <summary>A cookie that the gateway itself sets. The only writer of <c>Set-Cookie</c> lines.</summary>
/// <param name="IsSecure">Whether the visitor's connection is https: browsers reject <c>Secure</c> over plain http.</param>
internal readonly record struct NewCookie(string Name, string Value, bool IsSecure)
{
    /// <summary>Null for a session cookie; zero for a deletion.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Null for <c>/</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Null for a cookie of the host alone.</summary>
    public string? Domain { get; init; }

    public bool IsHttpOnly { get; init; }

    /// <summary>Whether the line says <c>SameSite=Lax</c>; otherwise it does not name SameSite.</summary>
    public bool IsLax { get; init; }

    /// <summary>Whether the cookie is <c>Partitioned</c> (CHIPS). Browsers accept that only together with <c>Secure</c>.</summary>
    public bool IsPartitioned { get; init; }

    /// <summary>The line that deletes a cookie. A browser deletes only the cookie with this domain, path and partition.</summary>
    public static string Deletion(string name, string? domain, string path, bool isSecure, bool isPartitioned = false) =>
        new NewCookie(name, "", isSecure) { MaxAge = TimeSpan.Zero, Path = path, Domain = domain, IsPartitioned = isPartitioned }.ToLine();

    /// <summary>The value of a <c>Set-Cookie</c> header. Name, value, domain and path are written as they are.</summary>
    public string ToLine() =>
        $"{Name}={Value}"
        + (MaxAge is { } life ? string.Create(CultureInfo.InvariantCulture, $"; Max-Age={(long)life.TotalSeconds}") : "")

        // Some old intermediaries read only Expires.
        + (MaxAge == TimeSpan.Zero ? "; Expires=Thu, 01 Jan 1970 00:00:00 GMT" : "")
        + $"; Path={Path ?? "/"}"
        + (IsHttpOnly ? "; HttpOnly" : "")
        + (IsLax ? "; SameSite=Lax" : "")
        + (Domain is null ? "" : $"; Domain={Domain}")
        + (IsSecure ? "; Secure" : "")
        + (IsPartitioned && IsSecure ? "; Partitioned" : "");
}
