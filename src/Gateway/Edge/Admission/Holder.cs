using System.Net;

namespace Gateway.Edge.Admission;

/// <summary>Something that holds memory for a client and can be ended: a connection, or one request that a trusted proxy forwards.</summary>
/// <param name="client">The client's network; null for a trusted proxy, which is not ended.</param>
/// <param name="abort">Ends it.</param>
/// <param name="now">The present timestamp.</param>
internal sealed class Holder(IPAddress? client, Action abort, long now)
{
    private readonly Lock _lock = new();
    private long _bytes;
    private bool _isEvicted;
    private bool _hasLeft;

    public IPAddress? Client => client;

    /// <summary>What it holds.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The timestamp at which bytes moved last.</summary>
    public long LastProgress { get; set; } = now;

    /// <summary>Whether no request of it is complete yet.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Whether it was chosen to be ended.</summary>
    public bool IsEvicted => Volatile.Read(ref _isEvicted);

    /// <returns>The bytes that were added, none once it has left; and those of them that become free when an evicted holder leaves.</returns>
    public (long Added, long Leaving) Add(long bytes)
    {
        lock (_lock)
        {
            if (_hasLeft)
                return (0, 0);
            _bytes += bytes;
            return (bytes, _isEvicted ? bytes : 0);
        }
    }

    /// <returns>What becomes free when it leaves: nothing if it has left.</returns>
    public long Evict()
    {
        lock (_lock)
        {
            _isEvicted = true;
            return _hasLeft ? 0 : _bytes;
        }
    }

    /// <returns>What it held until now, and what of that was to become free.</returns>
    public (long Held, long Leaving) Leave()
    {
        lock (_lock)
        {
            _hasLeft = true;
            return (_bytes, _isEvicted ? _bytes : 0);
        }
    }

    public void Abort() => abort();
}
