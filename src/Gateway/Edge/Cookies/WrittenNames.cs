using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// The cookie names, not in the table, that a site was seen to write within a day: in a <c>Set-Cookie</c> line of its backend, or by a script of
/// its pages. In bounded memory; a name that is forgotten stays in browsers until the site writes it again.
/// </summary>
/// <remarks>
/// A line of the backend counts for all visitors. A report of the guard does not, for anybody can send one and name the session of another
/// application: it counts for requests from the network that sent it.
/// </remarks>
internal sealed class WrittenNames(TimeProvider time) : IDisposable
{
    /// <summary>Most names from one network.</summary>
    public const int MostReported = 100;

    private const int MostOfBackend = 1_000, MostSites = 1_000, MostNetworks = 1_000;

    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly BoundedMemory<NameSet> _bySite = new(MostSites, Life, time);
    private readonly BoundedMemory<NameSet> _byNetwork = new(MostNetworks, Life, time);

    /// <summary>The backend of a site sent a line that sets the name.</summary>
    public void Add(Site site, ReadOnlySpan<char> name) => Add(_bySite, site.Config.Id, name, MostOfBackend);

    /// <summary>A page reported that a script wrote the name.</summary>
    /// <param name="name">As the script wrote it.</param>
    public void AddReported(RequestState state, string name)
    {
        // Behind a TLS terminator that is no declared proxy, all visitors share one address.
        if (state.Client is { } client)
            Add(_byNetwork, KeyOf(state.Site, client), NameSpellings.Of(name).Last(), MostReported);
    }

    /// <param name="name">As the request has it.</param>
    public bool Has(RequestState state, ReadOnlySpan<char> name) =>
        (_bySite.TryGet(state.Site.Config.Id, out var written) && written.Has(name))
        || (state.Client is { } client && _byNetwork.TryGet(KeyOf(state.Site, client), out var reported) && reported.Has(name));

    public void Dispose()
    {
        _bySite.Dispose();
        _byNetwork.Dispose();
    }

    private static string KeyOf(Site site, System.Net.IPAddress client) => $"{site.Config.Id} {ClientNetwork.Of(client)}";

    private static void Add(BoundedMemory<NameSet> memory, string key, ReadOnlySpan<char> name, int most)
    {
        if (!memory.TryGet(key, out var names))
            memory.Set(key, names = new NameSet(most));
        names.Add(name);
    }
}
