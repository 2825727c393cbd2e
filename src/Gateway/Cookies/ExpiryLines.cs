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

    /// <summary>
    /// The lines for cookies that were removed from a request. A request does not say with which domain and path a cookie was set. For a
    /// name in the table, the declared ones are used; where none are declared, the host, its parent domains, and all paths that lead to the
    /// request. For a name that is not in the table, only cookies of the host alone: on a parent domain the name can be the session of
    /// another site.
    /// </summary>
    /// <param name="host">Host name of the request, without port.</param>
    /// <param name="path">Path of the request, as it was sent.</param>
    /// <param name="isSecure">Whether the visitor's connection is https.</param>
    /// <param name="turn">A number that differs between responses; it selects the lines where there are too many for one response.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<CutCookie> cut, string host, string path, bool isSecure, int turn)
    {
        var names = cut.Where(cookie => IsWritable(cookie.Name)).DistinctBy(cookie => cookie.Name).ToList();
        if (names.Count == 0)
            return [];

        string?[] domains = [null, .. Domains(host)];
        string[] paths = [.. PathsTo(path)];
        var candidates = Rotate(names, turn).Take(MostNames).Select(cookie => Candidates(cookie, domains, paths).ToList()).ToList();

        // The most likely candidate of every cookie comes first, then the second of every cookie, and so on.
        var ordered = new List<Candidate>();
        for (var rank = 0; rank < candidates.Max(list => list.Count); rank++)
            ordered.AddRange(candidates.Where(list => rank < list.Count).Select(list => list[rank]));

        var all = Write(ordered, MostLines, MostCharacters, isSecure);
        if (all.Count == ordered.Count)
            return all;

        // Half of the room is for the most likely candidates. The other half rotates, so that every candidate is sent at some time.
        var likely = Write(ordered, MostLines / 2, MostCharacters / 2, isSecure);
        return [.. likely, .. Write(Rotate(ordered[likely.Count..], turn), MostLines / 2, MostCharacters / 2, isSecure)];
    }

    private static IEnumerable<Candidate> Candidates(CutCookie cookie, string?[] domains, string[] paths)
    {
        if (cookie.Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase))
            return [new Candidate(cookie.Name, null, "/", cookie.Row?.Entry.Partitioned ?? false)];
        if (cookie.Row is null)
            return paths.Select(path => new Candidate(cookie.Name, null, path, false));

        return
            from entry in cookie.Row.Entries
            from path in entry.Path is { } declared ? [declared] : paths
            from domain in entry.Domain is { } declared ? [declared] : domains
            select new Candidate(cookie.Name, domain, path, entry.Partitioned);
    }

    // The gateway cannot delete a cookie whose name it cannot write: a nameless one, or a name with bytes that a header may not have.
    private static bool IsWritable(string name) => name.Length is > 0 and <= LongestPart && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

    // The host and its parent domains of at least two labels. Browsers reject public suffixes themselves.
    private static IEnumerable<string> Domains(string host)
    {
        if (IPAddress.TryParse(host, out _) || host.Length > LongestPart)
            return [];

        var labels = host.Split('.');
        return Enumerable.Range(0, labels.Length - 1).Select(skipped => string.Join('.', labels[skipped..])).TakeLast(MostDomains);
    }

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

    private static List<string> Write(IEnumerable<Candidate> candidates, int most, int room, bool isSecure)
    {
        var lines = new List<string>();
        foreach (var candidate in candidates.Take(most))
        {
            var line = NewCookie.Deletion(candidate.Name, candidate.Domain, candidate.Path, isSecure, candidate.IsPartitioned);
            room -= line.Length;
            if (room < 0)
                break;
            lines.Add(line);
        }

        return lines;
    }

    private readonly record struct Candidate(string Name, string? Domain, string Path, bool IsPartitioned);
}
