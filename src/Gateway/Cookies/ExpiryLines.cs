using System.Net;

namespace Gateway.Cookies;

/// <summary>The <c>Set-Cookie</c> lines that delete cookies which a visitor does not grant.</summary>
internal static class ExpiryLines
{
    /// <summary>Most lines in one response: with more, the response exceeds nginx's default buffer of 4 kB (measured).</summary>
    public const int MostLines = 20;

    /// <summary>Most characters in one response, for all lines together.</summary>
    public const int MostCharacters = 3000;

    // A request can have thousands of names and path segments, so the candidates are bounded before they are generated.
    private const int MostNames = 20;
    private const int MostPathSteps = 8;
    private const int MostDomains = 8;
    private const int LongestPart = 256;

    // Outside of the partition, and inside.
    private static readonly bool[] InBoth = [false, true];

    /// <summary>
    /// The lines for cookies that were removed from a request. A request does not say with which domain, path and partition a cookie was set,
    /// and a browser deletes only the cookie that has all of them. So a name in the table is deleted wherever the site can have put it: first
    /// where the table says, then on the host and its parent domains, at all paths that lead to the request, inside and outside of the
    /// partition (CHIPS). A name that is not in the table is deleted on the host alone: on a parent domain it can be the session of another
    /// site.
    /// </summary>
    /// <param name="host">Host name of the request, without port.</param>
    /// <param name="path">Path of the request, as it was sent.</param>
    /// <param name="isSecure">Whether the visitor's connection is https.</param>
    /// <param name="turn">A number that grows from response to response; it selects the lines where there are too many for one response.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<CutCookie> cut, string host, string path, bool isSecure, int turn)
    {
        var names = cut.Where(cookie => IsWritable(cookie.Name)).DistinctBy(cookie => cookie.Name).ToList();
        if (names.Count == 0)
            return [];

        var directory = CookieScope.DefaultPath(path).ToString();
        var place = new Visited(
            [.. DomainsOf(host)],
            [.. PathsTo(path).Select(one => new Part(one, one == "/" ? 0 : one == directory ? 1 : 2))],
            isSecure,
            TakesSecure: isSecure || IsLoopback(host));
        var candidates = Rotate(names, names.Count > MostNames ? turn : 0).Take(MostNames).Select(cookie => Candidates(cookie, place).Distinct().ToList()).ToList();

        // The most likely candidate of every cookie comes first, then the second of every cookie, and so on.
        var ordered = new List<Candidate>();
        for (var rank = 0; rank < candidates.Max(list => list.Count); rank++)
            ordered.AddRange(candidates.Where(list => rank < list.Count).Select(list => list[rank]));

        var all = Write(ordered, MostLines, MostCharacters, place);
        if (all.Count == ordered.Count)
            return all;

        // Half of the room is for the most likely candidates. The other half rotates, so that every candidate is sent at some time.
        var likely = Write(ordered, MostLines / 2, MostCharacters / 2, place);
        return [.. likely, .. Write(Rotate(ordered[likely.Count..], unchecked(turn * (MostLines / 2))), MostLines / 2, MostCharacters / 2, place)];
    }

    private static IEnumerable<Candidate> Candidates(CutCookie cookie, Visited visited)
    {
        var isOfHost = cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);
        var entries = isOfHost || cookie.Row is null ? (IReadOnlyList<CookieEntry>)[] : cookie.Row.Entries;
        var declared =
            from entry in entries
            from isPartitioned in cookie.IsElsewhere ? new[] { entry.Partitioned, !entry.Partitioned } : [entry.Partitioned]
            let domain = CookieScope.WithoutDot(entry.Domain).ToString()
            select new Candidate(cookie.Name, domain.Length > 0 ? domain : null, entry.Path ?? "/", isPartitioned);
        var possible =
            from path in isOfHost ? visited.Paths.Take(1) : visited.Paths.Concat(entries.Where(entry => entry.Path is not null).Select(entry => new Part(entry.Path, 0)))
            from isPartitioned in InBoth
            from domain in entries.Count == 0 ? visited.Domains.Take(1) : visited.Domains
            orderby path.Oddity + domain.Oddity + (isPartitioned ? 2 : 0)
            select new Candidate(cookie.Name, domain.Text, path.Text!, isPartitioned);

        return (cookie.IsElsewhere ? declared : declared.Concat(possible)).Where(candidate => visited.TakesSecure || !candidate.IsPartitioned);
    }

    // Browsers store names with any characters but these. Headers are Latin-1, so the bytes are those that the browser sent.
    private static bool IsWritable(string name) =>
        name.Length is > 0 and <= LongestPart && !name.AsSpan().ContainsAny(SetCookieLine.Controls) && !name.Contains('\t', StringComparison.Ordinal);

    // The host alone; its parent domains of at least two labels, and the host as a domain. Most scripts take the first or second. Browsers
    // reject public suffixes themselves.
    private static IEnumerable<Part> DomainsOf(string host)
    {
        yield return new Part(null, 0);
        if (IPAddress.TryParse(host, out _) || host.Length > LongestPart)
            yield break;

        var labels = host.Split('.');
        for (var taken = 2; taken <= Math.Min(labels.Length, MostDomains + 1); taken++)
            yield return new Part(string.Join('.', labels[^taken..]), taken > 3 ? 2 : 1);
    }

    // Browsers accept "Secure" from this machine over plain http too, and so also "Partitioned".
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // For /app/x/page: "/", "/app", "/app/", "/app/x", "/app/x/", "/app/x/page". Only "/" if the path has characters that a line may not have.
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

    private static IEnumerable<T> Rotate<T>(List<T> list, int turn)
    {
        var start = (int)((uint)turn % (uint)list.Count);
        return list.Skip(start).Concat(list.Take(start));
    }

    private static List<string> Write(IEnumerable<Candidate> candidates, int most, int room, Visited visited)
    {
        var lines = new List<string>();
        foreach (var candidate in candidates.Take(most))
        {
            var isSecure = visited.IsSecure || candidate.IsPartitioned || (candidate.HasPrefix && visited.TakesSecure);
            var line = NewCookie.Deletion(candidate.Name, candidate.Domain, candidate.Path, isSecure, candidate.IsPartitioned);
            room -= line.Length;
            if (room < 0)
                break;
            lines.Add(line);
        }

        return lines;
    }

    private readonly record struct Candidate(string Name, string? Domain, string Path, bool IsPartitioned)
    {
        /// <summary>Whether browsers accept the name only together with <c>Secure</c>.</summary>
        public bool HasPrefix =>
            Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A possible domain (null for the host alone) or path of a cookie.</summary>
    /// <param name="Oddity">0 for the most common one.</param>
    private readonly record struct Part(string? Text, int Oddity);

    /// <summary>Where the visitor is: the possible domains and paths, the host alone and the root first.</summary>
    /// <param name="TakesSecure">Whether browsers accept <c>Secure</c> from there.</param>
    private sealed record Visited(Part[] Domains, Part[] Paths, bool IsSecure, bool TakesSecure);
}
