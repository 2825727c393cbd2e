using Gateway.Sites;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;

namespace Gateway.Edge.Proxy;

/// <summary>Converts a snapshot's backends to clusters of YARP. There is one route for all requests; the gateway itself selects the backend.</summary>
internal static class ProxyClusters
{
    /// <summary>Metadata key: <see cref="BackendConfig.ConnectTimeout"/> in whole seconds.</summary>
    public const string ConnectTimeout = "ConnectTimeout";

    public static IReadOnlyList<ClusterConfig> Of(Snapshot snapshot) =>
        [.. snapshot.Sites.SelectMany(site => site.Backends).DistinctBy(backend => backend.Id).Select(Cluster)];

    public static IReadOnlyList<RouteConfig> Route(IReadOnlyList<ClusterConfig> clusters) =>
        [new RouteConfig { RouteId = "site", ClusterId = clusters[0].ClusterId, Match = new RouteMatch { Path = "/{**rest}" } }];

    private static ClusterConfig Cluster(Backend backend)
    {
        var config = backend.Config;
        return new ClusterConfig
        {
            ClusterId = backend.Id,
            LoadBalancingPolicy = config.LoadBalancing switch
            {
                LoadBalancing.RoundRobin => LoadBalancingPolicies.RoundRobin,
                LoadBalancing.LeastRequests => LoadBalancingPolicies.LeastRequests,
                LoadBalancing.Random => LoadBalancingPolicies.Random,
                LoadBalancing.FirstAlphabetical => LoadBalancingPolicies.FirstAlphabetical,
                _ => LoadBalancingPolicies.PowerOfTwoChoices,
            },
            Destinations = config.Addresses.ToDictionary(address => address, address => new DestinationConfig { Address = address }, StringComparer.Ordinal),

            // An address that refuses connections is not used for a while, if the backend has another one.
            HealthCheck = config.Addresses.Count > 1
                ? new HealthCheckConfig { Passive = new PassiveHealthCheckConfig { Enabled = true, ReactivationPeriod = TimeSpan.FromSeconds(10) } }
                : null,
            HttpClient = new HttpClientConfig { RequestHeaderEncoding = "latin1", ResponseHeaderEncoding = "latin1" },

            // HTTP/1.1: every legacy site supports it, and WebSocket upgrades need it.
            HttpRequest = new ForwarderRequestConfig
            {
                ActivityTimeout = config.ResponseTimeout.Length,
                Version = System.Net.HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            },
            Metadata = new Dictionary<string, string> { [ConnectTimeout] = ((int)config.ConnectTimeout.Length.TotalSeconds).ToString() },
        };
    }
}
