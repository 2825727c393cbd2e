using System.Net;

namespace Gateway.Cookies;

/// <summary>The <c>Set-Cookie</c> lines that delete what a visitor does not grant.</summary>
internal static class ExpiryLines
{
    /// <summary>Lines a response: nginx's default buffer of 4 kB breaks on more (tried).</summary>
    public const int MostLines = 20;

    /// <summary>Characters a response, all lines together.</summary>
    public const int MostCharacters = 3000;

    // A request can bring thousands of names and of path segments: what is tried is bounded before it is written out.
    private const int MostNames = 20;
    private const int MostPathSteps = 8;
    private const int MostDomains = 8;
    private const int LongestPart = 256;

    /// <summary>
    /// Lines for the cookies that a request brought and may not bring. Who set them where is not known, so entries of the table are
    /// tried, where no domain or path is declared, on every one they can have come from; what is not in the table is tried on this host
    /// alone, for on a parent domain it may be the sign-on of a sibling site.
    /// </summary>
    /// <param name="host">Host name of the request, without port.</param>
    /// <param name="path">Path of the request, as it was sent.</param>
    /// <param name="isSecure">Whether the visitor's connection is https: only then may <c>Secure</c> be said.</param>
    /// <param name="turn">Any number that changes from response to response; chooses which of too many lines come this time.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<CutCookie> cut, string host, string path, bool isSecure, int turn)
    {
        var names = cut.Where(cookie => IsWritable(cookie.Name)).DistinctBy(cookie => cookie.Name).ToList();
        if (names.Count == 0)
            return [];

        string?[] domains = [null, .. Domains(host)];
        string[] paths = [.. PathsTo(path)];
        var places = Turned(names, turn).Take(MostNames).Select(cookie => Places(cookie, domains, paths).ToList()).ToList();

        // The likeliest place of every cookie first, then the second likeliest of every cookie …
        var inTurn = new List<Place>();
        for (var rank = 0; rank < places.Max(list => list.Count); rank++)
            inTurn.AddRange(places.Where(list => rank < list.Count).Select(list => list[rank]));

        var all = Write(inTurn, MostLines, MostCharacters, isSecure);
        if (all.Count == inTurn.Count)
            return all;

        // Half of the room for the likeliest, half for a window that moves: no place waits for ever behind others.
        var sure = Write(inTurn, MostLines / 2, MostCharacters / 2, isSecure);
        return [.. sure, .. Write(Turned(inTurn[sure.Count..], turn), MostLines / 2, MostCharacters / 2, isSecure)];
    }

    /// <summary>One deletion; both attributes, for old software in between reads only one of them.</summary>
    public static string Line(string name, string? domain, string path, bool isSecure, bool isPartitioned = false) =>
        $"{name}=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path={path}"
        + (domain is null ? "" : $"; Domain={domain}")
        + (isSecure ? "; Secure" : "")
        + (isPartitioned && isSecure ? "; Partitioned" : "");

    private static IEnumerable<Place> Places(CutCookie cookie, string?[] domains, string[] paths)
    {
        if (cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            return [new Place(cookie.Name, null, "/", cookie.Row?.Entry.Partitioned ?? false)];
        if (cookie.Row is null)
            return paths.Select(path => new Place(cookie.Name, null, path, false));

        return
            from entry in cookie.Row.Entries
            from path in entry.Path is { } declared ? [declared] : paths
            from domain in entry.Domain is { } declared ? [declared] : domains
            select new Place(cookie.Name, domain, path, entry.Partitioned);
    }

    // A name that is no token of a line we can write (nameless, or bytes a header may not hold) cannot be expired by us.
    private static bool IsWritable(string name) => name.Length is > 0 and <= LongestPart && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

    // The host itself and its parents of at least two labels; browsers refuse public suffixes themselves.
    private static IEnumerable<string> Domains(string host)
    {
        if (IPAddress.TryParse(host, out _) || host.Length > LongestPart)
            return [];

        var labels = host.Split('.');
        return Enumerable.Range(0, labels.Length - 1).Select(skipped => string.Join('.', labels[skipped..])).TakeLast(MostDomains);
    }

    // "/", then for /app/x/page: /app, /app/, /app/x, /app/x/. A path with characters a line may not hold is left out.
    private static IEnumerable<string> PathsTo(string path)
    {
        yield return "/";
        if (path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.Contains(';', StringComparison.Ordinal))
            yield break;

        var slash = path.IndexOf('/', 1);
        for (var step = 0; step < MostPathSteps && slash is > 0 and < LongestPart; step++)
        {
            yield return path[..slash];
            yield return path[..(slash + 1)];
            slash = path.IndexOf('/', slash + 1);
        }

        if (path.Length is > 1 and <= LongestPart && !path.EndsWith('/'))
            yield return path;
    }

    private static IEnumerable<T> Turned<T>(List<T> list, int turn)
    {
        var start = (int)((uint)turn % (uint)list.Count);
        return list.Skip(start).Concat(list.Take(start));
    }

    private static List<string> Write(IEnumerable<Place> places, int most, int room, bool isSecure)
    {
        var lines = new List<string>();
        foreach (var place in places.Take(most))
        {
            var line = Line(place.Name, place.Domain, place.Path, isSecure, place.IsPartitioned);
            room -= line.Length;
            if (room < 0)
                break;
            lines.Add(line);
        }

        return lines;
    }

    private readonly record struct Place(string Name, string? Domain, string Path, bool IsPartitioned);
}
