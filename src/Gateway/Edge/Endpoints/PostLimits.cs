using System.Net;
using System.Threading.RateLimiting;

namespace Gateway.Edge.Endpoints;

/// <summary>How many posts of one kind are accepted, per client network and site. Addresses are kept in memory only.</summary>
internal sealed class PostLimits : IAsyncDisposable
{
    /// <summary>Most requests at once from one address, which many people can share.</summary>
    public const int Burst = 300;

    // There is no limit for all clients together: whoever used it up would take the endpoint away from everybody.
    private readonly PartitionedRateLimiter<(IPAddress Client, string Site)> _limiter =
        PartitionedRateLimiter.Create<(IPAddress Client, string Site), (IPAddress, string)>(
            key => RateLimitPartition.GetTokenBucketLimiter((ClientNetwork.Of(key.Client), key.Site), _ => Bucket(Burst, perSecond: 5)));

    /// <param name="client">Null if the address is not known (a TLS terminator that is not a trusted proxy): then there is no limit.</param>
    /// <param name="site">Id of the site.</param>
    public bool Take(IPAddress? client, string site)
    {
        if (client is null)
            return true;

        using var lease = _limiter.AttemptAcquire((client, site));
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
}
