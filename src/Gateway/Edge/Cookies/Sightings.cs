using System.Net;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// Turns what the filters and the guard found into sightings and passes them on: each name, as a pattern, once an hour for each site, source
/// and fate. Patterns count, not names: 30,000 numbered names are one pattern. See <see cref="SightingBudget"/>.
/// </summary>
internal sealed class Sightings(SightingLog log, TimeProvider time) : IDisposable
{
    // A request can have thousands of invented names.
    private const int MostNamesInARequest = 20;

    private readonly SightingBudget _budget = new(time);

    // Hashes of names that were dealt with in this hour, each at the place that it determines. Most names were seen before: for those, neither
    // a pattern nor a key is allocated. A name that another one displaces costs only time.
    private readonly int[] _recent = new int[4096];

    /// <summary>A <c>Set-Cookie</c> line of a response.</summary>
    public void Add(Site site, in SetCookieOutcome outcome, in SetCookieContext context)
    {
        if (IsNew(site, EntryKind.Cookie, SightingSource.Response, outcome.Fate, outcome.Read.Name, out var hash))
            Add(site, hash, client: null, Sighting.Of(outcome, context));
    }

    /// <summary>The cookies that were removed from a request, or would be if the site were enforced.</summary>
    /// <param name="client">Null if the address is not known.</param>
    public void Add(Site site, IReadOnlyList<CutCookie> cut, IPAddress? client, string requestTarget)
    {
        for (var at = 0; at < Math.Min(cut.Count, MostNamesInARequest); at++)
        {
            if (IsNew(site, EntryKind.Cookie, SightingSource.Request, Sighting.FateOf(cut[at].Row), cut[at].Name, out var hash))
                Add(site, hash, client, Sighting.Of(cut[at], requestTarget));
        }
    }

    /// <summary>A cookie that a page would delete in the browser if the site were enforced.</summary>
    /// <param name="client">Null if the address is not known.</param>
    public void AddDeletion(Site site, IPAddress? client, CutCookie cookie)
    {
        if (IsNew(site, EntryKind.Cookie, SightingSource.Deletion, Sighting.FateOf(cookie.Row), cookie.Name, out var hash))
            Add(site, hash, client, Sighting.OfDeletion(cookie));
    }

    /// <summary>A name that the guard in a page kept a script from writing, or would if the site were enforced.</summary>
    /// <param name="row">The row of the name; null if the table does not list it.</param>
    /// <param name="client">Null if the address is not known.</param>
    /// <param name="page">Path of the page; null if not known.</param>
    public void Add(Site site, EntryKind kind, string name, CookieTable.Row? row, IPAddress? client, string? page)
    {
        if (IsNew(site, kind, SightingSource.Script, Sighting.FateOf(row), name, out var hash))
            Add(site, hash, client, Sighting.OfScript(kind, name, row, page));
    }

    public void Dispose() => _budget.Dispose();

    private void Add(Site site, int hash, IPAddress? client, Sighting sighting)
    {
        var id = site.Config.Id;
        var verdict = _budget.Take(
            $"{id} {sighting.Source} {sighting.Fate}",
            client is null || sighting.Fate != CookieFate.Unlisted ? null : $"{id} {ClientNetwork.Of(client)}",
            $"{sighting.Kind} {sighting.Name}");

        // Another client may still have room for the name.
        if (verdict != SightingVerdict.NoRoom)
            _recent[PlaceOf(hash)] = hash;
        if (verdict is SightingVerdict.New or SightingVerdict.Last)
            log.Write(site, sighting);
        if (verdict == SightingVerdict.Last)
            log.WriteLast(site, sighting.Source);
    }

    private bool IsNew(Site site, EntryKind kind, SightingSource source, CookieFate fate, ReadOnlySpan<char> name, out int hash)
    {
        hash = 0;
        if (!SightingLog.Wants(site, fate))
            return false;

        hash = HashCode.Combine(
            string.GetHashCode(name), string.GetHashCode(site.Config.Id), site.Mode, kind, source, fate, time.GetUtcNow().Ticks / TimeSpan.TicksPerHour);
        return _recent[PlaceOf(hash)] != hash;
    }

    private int PlaceOf(int hash) => (int)((uint)hash % (uint)_recent.Length);
}
