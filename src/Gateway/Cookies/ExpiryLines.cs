using System.Net;

namespace Gateway.Cookies;

/// <summary>The <c>Set-Cookie</c> lines that delete what a visitor does not grant.</summary>
internal static class ExpiryLines
{
    /// <summary>Lines a response: nginx's default buffer of 4 kB breaks on more (tried).</summary>
    public const int MostLines = 20;

    /// <summary>Characters a response, all lines together.</summary>
    public const int MostCharacters = 3000;

    /// <summary>
    /// Lines for the cookies that a request brought and may not bring. Who set them where is not known, so entries of the table
    /// without a declared place are tried on every domain and path they can have come from; what is not in the table is tried on
    /// this host alone, for on a parent domain it may be the sign-on of a sibling site.
    /// </summary>
    /// <param name="host">Host name of the request, without port.</param>
    /// <param name="path">Path of the request.</param>
    /// <param name="isSecure">Whether the visitor's connection is https: only then may <c>Secure</c> be said.</param>
    /// <param name="turn">Any number that changes from response to response; chooses which of too many lines come this time.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<CutCookie> cut, string host, string path, bool isSecure, int turn)
    {
        if (cut.Count == 0)
            return [];

        // The likeliest place of every cookie first, then the second likeliest of every cookie …
        var places = cut.DistinctBy(cookie => cookie.Name).Select(cookie => Places(cookie, host, path, isSecure).ToList()).ToList();
        var lines = new List<string>();
        for (var rank = 0; rank < places.Max(list => list.Count); rank++)
            lines.AddRange(places.Where(list => rank < list.Count).Select(list => list[rank]));

        return Some(lines, turn);
    }

    /// <summary>One deletion; both attributes, for old software in between reads only one of them.</summary>
    public static string Line(string name, string? domain, string path, bool isSecure, bool isPartitioned = false) =>
        $"{name}=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path={path}"
        + (domain is null ? "" : $"; Domain={domain}")
        + (isSecure ? "; Secure" : "")
        + (isPartitioned && isSecure ? "; Partitioned" : "");

    private static IEnumerable<string> Places(CutCookie cookie, string host, string path, bool isSecure)
    {
        if (!IsWritable(cookie.Name))
            return [];

        var entry = cookie.Row?.Entry;
        if (cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            return [Line(cookie.Name, null, "/", isSecure, entry?.Partitioned ?? false)];
        if (entry is { Domain: not null } or { Path: not null })
            return [Line(cookie.Name, entry.Domain, entry.Path ?? "/", isSecure, entry.Partitioned)];

        IEnumerable<string?> domains = entry is null ? [null] : [null, .. Domains(host)];
        return PathsTo(path).SelectMany(at => domains.Select(domain => Line(cookie.Name, domain, at, isSecure, entry?.Partitioned ?? false)));
    }

    // A name that is no token of a line we can write (nameless, or bytes a header may not hold) cannot be expired by us.
    private static bool IsWritable(string name) => name.Length is > 0 and <= 256 && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

    // The host itself and its parents of at least two labels; browsers refuse public suffixes themselves.
    private static IEnumerable<string> Domains(string host)
    {
        if (IPAddress.TryParse(host, out _))
            yield break;

        for (var at = 0; host.IndexOf('.', at) > 0; at = host.IndexOf('.', at) + 1)
            yield return host[at..];
    }

    // "/", then for /app/x/page: /app, /app/, /app/x, /app/x/. A path with characters a line may not hold is left out.
    private static IEnumerable<string> PathsTo(string path)
    {
        yield return "/";
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains(';', StringComparison.Ordinal))
            yield break;

        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
            yield return path[..(slash + 1)];
        }

        if (path.Length > 1 && !path.EndsWith('/'))
            yield return path;
    }

    // Half of the room for the likeliest, half for a window that moves: no line waits for ever behind others.
    private static List<string> Some(List<string> lines, int turn)
    {
        if (Fits(lines))
            return lines;

        const int sure = MostLines / 2;
        var rest = lines.Skip(sure).ToList();
        var start = rest.Count == 0 ? 0 : (int)((uint)turn * (long)sure % rest.Count);
        var chosen = lines.Take(sure).Concat(rest.Skip(start)).Concat(rest.Take(start)).Take(MostLines);

        var room = MostCharacters;
        return [.. chosen.TakeWhile(line => (room -= line.Length) >= 0)];
    }

    private static bool Fits(List<string> lines) => lines.Count <= MostLines && lines.Sum(line => line.Length) <= MostCharacters;
}
