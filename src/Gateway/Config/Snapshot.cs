using System.Collections.Frozen;

namespace Gateway.Config;

/// <summary>A checked configuration, compiled; a request takes it once and keeps it to its end.</summary>
internal sealed class Snapshot
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly Site? _everyHost;

    /// <param name="config">A configuration without errors.</param>
    /// <param name="changed">Day on which it last changed; the policies' date where the operator gives none.</param>
    /// <param name="today">A site that was to be observed until yesterday is enforced.</param>
    public Snapshot(GatewayConfig config, DateOnly changed, DateOnly today)
    {
        Config = config;
        Changed = changed;
        Sites = [.. config.Sites.Select(site => new Site(site, changed, today))];
        _everyHost = Sites.FirstOrDefault(site => site.Config.Hosts.Contains("*"));
        _byHost = Sites
            .SelectMany(site => site.Config.Hosts.Where(host => host != "*").Select(host => (Host: host, Site: site)))
            .ToFrozenDictionary(pair => pair.Host, pair => pair.Site, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public GatewayConfig Config { get; }

    public DateOnly Changed { get; }

    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The same configuration on another day.</summary>
    public Snapshot On(DateOnly today) => new(Config, Changed, today);

    /// <summary>The site of a host name (without port; a dot at its end is the same host); null for an unknown host.</summary>
    public Site? Find(string host) => _byHost.TryGetValue(host.AsSpan().TrimEnd('.'), out var site) ? site : _everyHost;
}
