using System.Collections.Frozen;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>A compiled configuration. A request uses the same snapshot from beginning to end.</summary>
internal sealed class Snapshot
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly Site? _everyHost;
    private readonly Showing _showing;

    /// <param name="process">The settings of the process.</param>
    /// <param name="sites">The sites, which must have no errors.</param>
    /// <param name="changed">The day of the last change; the date of each policy without <c>policy.reviewed</c>.</param>
    /// <param name="today">The current day. A site whose last day of observe or off is over is enforced.</param>
    /// <param name="showing">In a preview, each site only serves its <see cref="PreviewHost"/>.</param>
    public Snapshot(ProcessConfig process, IReadOnlyList<SiteConfig> sites, DateOnly changed, DateOnly today, Showing showing = Showing.Live)
    {
        _showing = showing;
        Process = process;
        Pass = process.Operator.Token is { } secret ? new PreviewPass(secret) : null;
        Changed = changed;
        Sites = [.. sites.Select(site => new Site(site, changed, today, showing))];
        _everyHost = Sites.FirstOrDefault(site => HostsOf(site.Config).Contains(HostNames.Any));
        _byHost = Sites
            .SelectMany(site => HostsOf(site.Config).Where(host => host != HostNames.Any).Select(host => (Host: host, Site: site)))
            .ToFrozenDictionary(pair => pair.Host, pair => pair.Site, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ProcessConfig Process { get; }

    /// <summary>Creates and validates preview passes; null if the operator has no token.</summary>
    public PreviewPass? Pass { get; }

    public DateOnly Changed { get; }

    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The same configuration for another day.</summary>
    public Snapshot On(DateOnly today) => new(Process, [.. Sites.Select(site => site.Config)], Changed, today, _showing);

    /// <summary>The host of a site in a preview. Browsers resolve such names to the local machine (RFC 6761, section 6.3).</summary>
    /// <param name="id">The id of the site.</param>
    public static string PreviewHost(string id) => $"{id}.localhost";

    /// <summary>The site of a host name without port, with or without a trailing dot; null for an unknown host.</summary>
    public Site? Find(ReadOnlySpan<char> host) => _byHost.TryGetValue(host.TrimEnd('.'), out var site) ? site : _everyHost;

    private IReadOnlyList<string> HostsOf(SiteConfig site) => _showing == Showing.Preview ? [PreviewHost(site.Id)] : site.Hosts;
}
