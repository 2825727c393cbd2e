using System.Collections.Frozen;

namespace Gateway.Config;

/// <summary>A checked configuration, compiled; a request takes it once and keeps it to its end.</summary>
internal sealed class Snapshot
{
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly Site? _everyHost;

    /// <param name="config">A configuration without errors.</param>
    /// <param name="changed">Day on which it last changed.</param>
    public Snapshot(GatewayConfig config, DateOnly changed)
    {
        Config = config;
        Sites = [.. config.Sites.Select(site => new Site(site, changed))];
        _everyHost = Sites.FirstOrDefault(site => site.Config.Hosts.Contains("*"));
        _byHost = Sites
            .SelectMany(site => site.Config.Hosts.Where(host => host != "*").Select(host => (Host: host, Site: site)))
            .ToFrozenDictionary(pair => pair.Host, pair => pair.Site, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public GatewayConfig Config { get; }

    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The site of a host name (without port; a dot at its end is the same host); null for an unknown host.</summary>
    public Site? Find(string host) => _byHost.TryGetValue(host.AsSpan().TrimEnd('.'), out var site) ? site : _everyHost;
}
