using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Documents;

/// <summary>What is known about the pages of one route of a site.</summary>
/// <param name="NeedsPlain">Whether pages are requested uncompressed, because a compressed one could not be extended.</param>
/// <param name="Failures">Number of failed injections since <paramref name="FirstFailure"/>.</param>
/// <param name="OffUntil">Until then, pages pass unchanged.</param>
internal sealed record RouteHint(bool NeedsPlain = false, int Failures = 0, DateTimeOffset FirstFailure = default, DateTimeOffset OffUntil = default)
{
    public bool IsOff(DateTimeOffset now) => now < OffUntil;
}

/// <summary>
/// Remembers for an hour what is known about the pages of a route. A route is a site and the first two directories of a path. Forgetting a
/// route costs only time.
/// </summary>
internal sealed partial class RouteHints(ILogger<RouteHints> logger, TimeProvider time) : IDisposable
{
    private const int LongestKey = 128;
    private const int MostFailures = 5;

    private static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OffTime = TimeSpan.FromMinutes(10);

    private readonly BoundedMemory<RouteHint> _routes = new(capacity: 4096, lifetime: TimeSpan.FromHours(1), time);

    public int Count => _routes.Count;

    /// <summary>What is known about the route of a path; null if nothing is.</summary>
    public RouteHint? Find(Site site, string path)
    {
        Span<char> key = stackalloc char[LongestKey];
        return _routes.TryGet(KeyOf(site, path, key), out var route) ? route : null;
    }

    /// <summary>Requests the pages of this route uncompressed from now on, because one had to be decoded.</summary>
    public void AskForPlain(Site site, string path) => Set(site, path, (Find(site, path) ?? new RouteHint()) with { NeedsPlain = true });

    /// <summary>Counts a failed injection. After five within a minute, the pages of the route pass unchanged for ten minutes.</summary>
    public void Failed(Site site, string path)
    {
        var now = time.GetUtcNow();
        var known = Find(site, path) ?? new RouteHint();
        var isNew = now - known.FirstFailure > FailureWindow;
        var route = known with { Failures = isNew ? 1 : known.Failures + 1, FirstFailure = isNew ? now : known.FirstFailure };
        if (route.Failures >= MostFailures)
            route = route with { Failures = 0, OffUntil = now + OffTime };
        Set(site, path, route);
        if (route.OffUntil > now)
            LogOff(logger, site.Config.Id, (int)OffTime.TotalMinutes);
    }

    public void Dispose() => _routes.Dispose();

    private void Set(Site site, string path, RouteHint route)
    {
        Span<char> key = stackalloc char[LongestKey];
        _routes.Set(KeyOf(site, path, key).ToString(), route);
    }

    // A site's id has at most 64 characters. The part of a path that does not fit is ignored.
    private static ReadOnlySpan<char> KeyOf(Site site, string path, Span<char> key)
    {
        var folders = path.AsSpan(0, path.LastIndexOf('/') + 1);
        for (int at = 0, slashes = 0; at < folders.Length; at++)
        {
            if (folders[at] == '/' && ++slashes == 3)
                folders = folders[..at];
        }

        site.Config.Id.CopyTo(key);
        var length = site.Config.Id.Length;
        folders = folders[..Math.Min(folders.Length, key.Length - length)];
        folders.CopyTo(key[length..]);
        return key[..(length + folders.Length)];
    }

    [LoggerMessage(401, LogLevel.Warning, "Site {Site}: the pages of one route pass unchanged for {Minutes} minutes, because injecting the script failed several times.", EventName = "RouteOff")]
    private static partial void LogOff(ILogger logger, string site, int minutes);
}
