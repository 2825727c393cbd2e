using Gateway.Sites;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Edge.Documents;

/// <summary>What was learned about the pages below one path of a site.</summary>
/// <param name="NeedsPlain">They came compressed and could not be extended so: they are asked for plain.</param>
/// <param name="Failures">How often extending one failed since <paramref name="FirstFailure"/>.</param>
/// <param name="OffUntil">Nothing is written into them before.</param>
internal sealed record RouteHint(bool NeedsPlain = false, int Failures = 0, DateTimeOffset FirstFailure = default, DateTimeOffset OffUntil = default)
{
    public bool IsOff(DateTimeOffset now) => now < OffUntil;
}

/// <summary>
/// Remembers what was learned per route, a route being a site and the first two folders of a path: for an hour, in bounded memory.
/// Nothing is lost with it but a little time.
/// </summary>
internal sealed partial class RouteHints(ILogger<RouteHints> logger, TimeProvider time) : IDisposable
{
    private const int MostRoutes = 4096;
    private const int LongestKey = 128;
    private const int MostFailures = 5;

    private static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OffTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly MemoryCache _routes = new(new MemoryCacheOptions { SizeLimit = MostRoutes });

    /// <summary>How many routes are remembered now.</summary>
    public int Count => _routes.Count;

    /// <summary>What is known of the pages around one; null where nothing is.</summary>
    public RouteHint? Find(Site site, string path)
    {
        Span<char> key = stackalloc char[LongestKey];
        return _routes.TryGetValue(KeyOf(site, path, key), out var route) ? (RouteHint)route! : null;
    }

    /// <summary>A compressed page of this route had to be decoded.</summary>
    public void AskForPlain(Site site, string path) => Set(site, path, (Find(site, path) ?? new RouteHint()) with { NeedsPlain = true });

    /// <summary>Our own code failed at a page. A route where it keeps failing is left alone for a while: its pages pass as they are.</summary>
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
        _routes.Set(KeyOf(site, path, key).ToString(), route, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
    }

    // A site's id has 64 characters at most; what does not fit of a folder's name counts for nothing.
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

    [LoggerMessage(401, LogLevel.Warning, "Site {Site}: pages of one route pass as they are for {Minutes} minutes, for extending them kept failing.", EventName = "RouteOff")]
    private static partial void LogOff(ILogger logger, string site, int minutes);
}
