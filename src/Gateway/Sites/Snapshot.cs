using System.Collections.Frozen;
using Gateway.Texts;

namespace Gateway.Sites;

/// <summary>A checked configuration, compiled; a request takes it once and keeps it to its end.</summary>
internal sealed class Snapshot
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly Site? _everyHost;
    private readonly Showing _showing;

    /// <param name="process">Settings of the process.</param>
    /// <param name="sites">Sites without errors.</param>
    /// <param name="changed">Day on which it last changed; the policies' date where the operator gives none.</param>
    /// <param name="today">A site that was to be observed until yesterday is enforced.</param>
    /// <param name="showing">In a preview each site answers at <see cref="PreviewHost"/> alone.</param>
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

    /// <summary>Tells who may see observed sites as they are to be; null where the operator has no token: then nobody may.</summary>
    public PreviewPass? Pass { get; }

    public DateOnly Changed { get; }

    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The same configuration on another day.</summary>
    public Snapshot On(DateOnly today) => new(Process, [.. Sites.Select(site => site.Config)], Changed, today, _showing);

    /// <summary>The host of a site in a preview: browsers find such names on their own machine (RFC 6761 6.3).</summary>
    /// <param name="id">Of the site.</param>
    public static string PreviewHost(string id) => $"{id}.localhost";

    /// <summary>The site of a host name (without port; a dot at its end is the same host); null for an unknown host.</summary>
    public Site? Find(string host) => _byHost.TryGetValue(host.AsSpan().TrimEnd('.'), out var site) ? site : _everyHost;

    private IReadOnlyList<string> HostsOf(SiteConfig site) => _showing == Showing.Preview ? [PreviewHost(site.Id)] : site.Hosts;
}
