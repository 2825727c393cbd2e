using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// Turns what the filters and the guard found into sightings and passes them on: each name, as a pattern, once an hour for each site, source
/// and fate. In bounded memory: after some 5,000 names in an hour, further ones are dropped.
/// </summary>
internal sealed class Sightings(SightingLog log, TimeProvider time) : IDisposable
{
    // A request can have thousands of invented names.
    private const int MostNamesInARequest = 20;

    // Each name takes two entries: as it was seen, and as a pattern.
    private readonly BoundedMemory<string> _seen = new(capacity: 10_000, lifetime: TimeSpan.FromHours(1), time);

    /// <summary>A <c>Set-Cookie</c> line of a response.</summary>
    public void Add(Site site, in SetCookieOutcome outcome, in SetCookieContext context)
    {
        if (SightingLog.Wants(site, outcome.Fate) && IsNew(site, EntryKind.Cookie, SightingSource.Response, outcome.Fate, outcome.Read.Name))
            Add(site, Sighting.Of(outcome, context));
    }

    /// <summary>The cookies that were removed from a request, or would be if the site were enforced.</summary>
    public void Add(Site site, IReadOnlyList<CutCookie> cut, string requestTarget)
    {
        for (var at = 0; at < Math.Min(cut.Count, MostNamesInARequest); at++)
        {
            var fate = Sighting.FateOf(cut[at].Row);
            if (SightingLog.Wants(site, fate) && IsNew(site, EntryKind.Cookie, SightingSource.Request, fate, cut[at].Name))
                Add(site, Sighting.Of(cut[at], requestTarget));
        }
    }

    /// <summary>A cookie that a page would delete in the browser if the site were enforced.</summary>
    public void AddDeletion(Site site, CutCookie cookie)
    {
        var fate = Sighting.FateOf(cookie.Row);
        if (SightingLog.Wants(site, fate) && IsNew(site, EntryKind.Cookie, SightingSource.Deletion, fate, cookie.Name))
            Add(site, Sighting.OfDeletion(cookie));
    }

    /// <summary>A name that the guard in a page kept a script from writing, or would if the site were enforced.</summary>
    /// <param name="row">The row of the name; null if the table does not list it.</param>
    /// <param name="page">Path of the page; null if not known.</param>
    public void Add(Site site, EntryKind kind, string name, CookieTable.Row? row, string? page)
    {
        var fate = Sighting.FateOf(row);
        if (SightingLog.Wants(site, fate) && IsNew(site, kind, SightingSource.Script, fate, name))
            Add(site, Sighting.OfScript(kind, name, row, page));
    }

    public void Dispose() => _seen.Dispose();

    private void Add(Site site, Sighting sighting)
    {
        if (IsNew(site, sighting.Kind, sighting.Source, sighting.Fate, sighting.Name, isPattern: true))
            log.Write(site, sighting);
    }

    // Most names were seen before. For those, neither a pattern nor a key is allocated: the key has a hash of the name.
    private bool IsNew(Site site, EntryKind kind, SightingSource source, CookieFate fate, ReadOnlySpan<char> name, bool isPattern = false)
    {
        Span<char> key = stackalloc char[128];
        key.TryWrite($"{string.GetHashCode(name)} {(int)kind} {(int)source} {(int)fate} {(isPattern ? 1 : 0)} {site.Config.Id}", out var length);
        return _seen.TryAdd(key[..length], "");
    }
}
