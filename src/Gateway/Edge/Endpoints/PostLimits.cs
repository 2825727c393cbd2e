using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Gateway.Edge.Endpoints;

/// <summary>How many posts of one kind are taken: generously many, per client address in memory only, and in all.</summary>
internal sealed class PostLimits : IAsyncDisposable
{
    /// <summary>Posts at once from one address; behind it may be a whole town hall.</summary>
    public const int Burst = 300;

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.CreateChained(
        // The client's first: one that is over its own limit must not drain what is everybody's.
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(client => client.Equals(IPAddress.None)
            ? RateLimitPartition.GetNoLimiter(client)
            : RateLimitPartition.GetTokenBucketLimiter(Network(client), _ => Bucket(Burst, perSecond: 5))),
        PartitionedRateLimiter.Create<IPAddress, int>(_ => RateLimitPartition.GetTokenBucketLimiter(0, _ => Bucket(burst: 20_000, perSecond: 1_000))));

    /// <param name="client">Null where it is not known whose address it is: then only the bound for all holds.</param>
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

    // One IPv6 customer has at least a /64: counting single addresses would count nothing.
    private static IPAddress Network(IPAddress client)
    {
        if (client.AddressFamily != AddressFamily.InterNetworkV6 || client.IsIPv4MappedToIPv6)
            return client;

        var bytes = client.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
