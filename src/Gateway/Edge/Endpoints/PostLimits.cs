using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Gateway.Edge.Endpoints;

/// <summary>Rate limits of one POST endpoint: one for each client address, and one for all clients. Addresses are only in memory.</summary>
internal sealed class PostLimits : IAsyncDisposable
{
    /// <summary>Most requests at once from one address, which many people can share.</summary>
    public const int Burst = 300;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.CreateChained(
        // The limit of the client comes first: a client that exceeds it must not use up the limit for all.
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(client => client.Equals(IPAddress.None)
            ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetTokenBucketLimiter(Network(client), _ => Bucket(Burst, perSecond: 5))),
        PartitionedRateLimiter.Create<IPAddress, int>(_ => RateLimitPartition.GetTokenBucketLimiter(0, _ => Bucket(burst: 20_000, perSecond: 1_000))));

    /// <param name="client">Null if the visitor's address is not known. Then only the limit for all clients applies.</param>
    public bool Take(IPAddress? client)
    {
        using var lease = _limiter.AttemptAcquire(client ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    // An IPv6 customer has at least a /64, so a limit for single addresses would have no effect.
    private static IPAddress Network(IPAddress client)
    {
        if (client.AddressFamily != AddressFamily.InterNetworkV6 || client.IsIPv4MappedToIPv6)
            return client;

        var bytes = client.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
