using System.Collections.Concurrent;
using System.Net;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// Turns the reports of browsers about third-party hosts into sightings: each host and use once an hour for each site. A host that only one
/// client reported is marked, because a client can invent reports.
/// </summary>
/// <remarks>In bounded memory: some hundred hosts for each site, of which one client can add a few dozen.</remarks>
internal sealed class HostSightings(SightingLog log, ThirdPartySampling sampling, TimeProvider time) : IDisposable
{
    /// <summary>Most pairs of host and use for a site in an hour.</summary>
    public const int MostOfSite = 500;

    /// <summary>Most new pairs that one client can add in an hour.</summary>
    public const int MostOfClient = 40;

    /// <summary>Most clients that are told apart in an hour.</summary>
    public const int MostClients = 10_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, BoundedMemory<Seen>> _sites = new(StringComparer.Ordinal);
    private readonly BoundedMemory<Added> _clients = new(MostClients, Hour, time);

    /// <summary>The number of hosts and clients that are remembered, which may include expired ones.</summary>
    public int Count => _clients.Count + _sites.Values.Sum(seen => seen.Count);

    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="entry">The entry that lists the host; null if the table does not.</param>
    /// <param name="client">Null if the address is not known.</param>
    public void Add(Site site, Uri origin, HostUse? use, CookieEntry? entry, IPAddress? client)
    {
        var name = NameRedaction.Of(origin.IsDefaultPort ? origin.IdnHost : $"{origin.IdnHost}:{origin.Port}");
        var seen = _sites.GetOrAdd(site.Config.Id, _ => new BoundedMemory<Seen>(MostOfSite, Hour, time));
        var reporter = client is null ? 0 : HashCode.Combine(client);
        if (seen.TryGet($"{name} {use}", out var known))
        {
            if (known.IsConfirmedBy(reporter))
                Write(site, name, use, entry, isConfirmed: true);
            return;
        }

        if (!IsWithinShare(site, reporter) || !seen.TryAdd($"{name} {use}", new Seen(reporter)))
            return;
        sampling.Found(site);
        Write(site, name, use, entry, isConfirmed: false);
    }

    public void Dispose()
    {
        _clients.Dispose();
        foreach (var seen in _sites.Values)
            seen.Dispose();
    }

    private void Write(Site site, string name, HostUse? use, CookieEntry? entry, bool isConfirmed) => log.Write(
        site,
        new Sighting(EntryKind.Host, name, SightingSource.Browser, Page: null, entry is null ? CookieFate.Unlisted : CookieFate.NotGranted)
        {
            Use = use,
            IsOfOneClient = !isConfirmed,
        });

    private bool IsWithinShare(Site site, int reporter)
    {
        var key = $"{reporter} {site.Config.Id}";
        if (_clients.TryGet(key, out var added))
            return Interlocked.Increment(ref added.Count) <= MostOfClient;
        return _clients.TryAdd(key, new Added { Count = 1 });
    }

    private sealed class Added
    {
        public int Count;
    }

    private sealed class Seen(int first)
    {
        private int _isConfirmed;

        /// <summary>Whether this is the first report of a second client.</summary>
        public bool IsConfirmedBy(int reporter) => reporter != first && Interlocked.Exchange(ref _isConfirmed, 1) == 0;
    }
}
