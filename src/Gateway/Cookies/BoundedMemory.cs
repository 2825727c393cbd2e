using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace Gateway.Cookies;

/// <summary>
/// Remembers values by text for a limited time, in bounded memory. For anything that costs only time when it is forgotten. A look-up by span
/// does not allocate.
/// </summary>
internal sealed class BoundedMemory<TValue> : IDisposable
    where TValue : class
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _cache;
    private readonly long _capacity;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private long _nextSweep;
    private long _fullUntil;

    /// <param name="capacity">Upper bound for the sum of all sizes; with the default size, the number of values.</param>
    /// <param name="lifetime">How long a value is remembered after it was set.</param>
    /// <param name="time">Decides what has expired.</param>
    public BoundedMemory(long capacity, TimeSpan lifetime, TimeProvider time)
    {
        (_capacity, _lifetime, _time) = (capacity, lifetime, time);
        _cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity, Clock = new Clock(time) });
    }

    /// <summary>The number of values, which may include expired ones.</summary>
    public int Count => _cache.Count;

    public bool TryGet(ReadOnlySpan<char> key, [NotNullWhen(true)] out TValue? value) => _cache.TryGetValue(key, out value) && value is not null;

    /// <summary>
    /// Remembers a value. If there is no room, it is not remembered; the values that were used least recently are then removed in the
    /// background.
    /// </summary>
    public void Set(string key, TValue value, int size = 1) =>
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = _lifetime });

    /// <summary>Remembers a value of size 1, unless its key is known or the memory is full. A full memory forgets only what has expired.</summary>
    /// <returns>Whether the value was added. Of two threads that add the same key at the same time, both may succeed.</returns>
    public bool TryAdd(ReadOnlySpan<char> key, TValue value)
    {
        if (TryGet(key, out _) || IsFull())
            return false;

        Set(key.ToString(), value);
        return true;
    }

    public void Dispose() => _cache.Dispose();

    // A flood of new keys must neither count the values each time, which locks the cache, nor start Compact, which visits all of them.
    private bool IsFull()
    {
        var now = _time.GetUtcNow().Ticks;
        if (now < Interlocked.Read(ref _fullUntil))
            return true;
        if (_cache.Count < _capacity)
            return false;

        var next = Interlocked.Read(ref _nextSweep);
        if (now >= next)
        {
            next = now + SweepInterval.Ticks;
            Interlocked.Exchange(ref _nextSweep, next);

            // Removes only expired values.
            _cache.Compact(0);
            if (_cache.Count < _capacity)
                return false;
        }

        Interlocked.Exchange(ref _fullUntil, next);
        return true;
    }

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
