using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;

namespace Gateway.Edge.Admission;

/// <summary>
/// The memory that all clients together may hold. If it is overdrawn, some of what they hold is ended, and whoever arrives waits until that
/// memory is free.
/// </summary>
internal sealed class MemoryBudget : IDisposable
{
    private static readonly TimeSpan ReturnInterval = TimeSpan.FromSeconds(10);

    private readonly long _capacity;
    private readonly TimeProvider _time;
    private readonly ITimer _returning;
    private readonly ConcurrentDictionary<Holder, bool> _holders = [];
    private readonly Lock _evicting = new();
    private long _used;

    // What was ended and is not free yet.
    private long _leaving;
    private long _most;
    private TaskCompletionSource? _room;

    /// <param name="capacity">Bytes that they may hold.</param>
    public MemoryBudget(long capacity, TimeProvider time)
    {
        (_capacity, _time) = (capacity, time);
        _returning = time.CreateTimer(_ => ReturnMemory(), null, ReturnInterval, ReturnInterval);
    }

    /// <summary>Bytes that are held.</summary>
    public long Used => Interlocked.Read(ref _used);

    public bool IsOverdrawn => Used > _capacity;

    public Holder Enter(IPAddress? client, long bytes, Action abort)
    {
        var holder = new Holder(client, abort, _time.GetTimestamp());
        _holders[holder] = true;
        Add(holder, bytes);
        return holder;
    }

    /// <param name="bytes">How much more the holder holds; negative for less.</param>
    public void Add(Holder holder, long bytes)
    {
        var (added, ofLeaving) = holder.Add(bytes);
        var used = Interlocked.Add(ref _used, added);
        var leaving = ofLeaving == 0 ? Interlocked.Read(ref _leaving) : Interlocked.Add(ref _leaving, ofLeaving);
        if (bytes > 0 && used - leaving > _capacity)
            EvictOnWorker();
        else if (bytes < 0)
            OfferRoom();
    }

    public void Progress(Holder holder) => holder.LastProgress = _time.GetTimestamp();

    public void Leave(Holder holder)
    {
        if (!_holders.TryRemove(holder, out _))
            return;
        var (held, ofLeaving) = holder.Leave();
        Interlocked.Add(ref _used, -held);
        Interlocked.Add(ref _leaving, -ofLeaving);
        OfferRoom();
    }

    /// <summary>Waits while the budget is overdrawn and what was ended still holds memory.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (MustWait)
        {
            var room = Volatile.Read(ref _room);
            if (room is null)
            {
                Interlocked.CompareExchange(ref _room, new(TaskCreationOptions.RunContinuationsAsynchronously), null);
                continue;
            }

            // Room that came after the check above, and before the wait, is not announced again.
            if (MustWait)
                await room.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _returning.Dispose();

    private bool MustWait => IsOverdrawn && Interlocked.Read(ref _leaving) > 0;

    private void OfferRoom()
    {
        if (!MustWait && Volatile.Read(ref _room) is not null)
            Interlocked.Exchange(ref _room, null)?.SetResult();
    }

    // Thousands of holders take milliseconds, in which the thread that polls the sockets would serve nobody.
    private void EvictOnWorker()
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
            Evict();
        else
            ThreadPool.UnsafeQueueUserWorkItem(static budget => budget.Evict(), this, preferLocal: false);
    }

    private void Evict()
    {
        // One thread is enough: what it ends makes room for the others too.
        if (!_evicting.TryEnter())
            return;

        List<Holder> victims;
        try
        {
            var over = Used - Interlocked.Read(ref _leaving) - _capacity;
            if (over <= 0)
                return;

            // Some more than needed, so that not each new connection starts a search.
            victims = Eviction.Choose(
                _holders.Select(pair => pair.Key).Where(holder => holder is { Client: not null, IsEvicted: false }),
                over + (_capacity / 32),
                since => _time.GetElapsedTime(since).TotalSeconds);
            foreach (var victim in victims)
                Interlocked.Add(ref _leaving, victim.Evict());
        }
        finally
        {
            _evicting.Exit();
        }

        victims.ForEach(victim => victim.Abort());
    }

    // After an attack the process would keep its heap: without work there is no collection. By the second look, the pools have let go of theirs.
    private void ReturnMemory()
    {
        var (most, used) = (_most, Used);
        _most = used;
        if (most > _capacity / 4 && used < _capacity / 8)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            TrimNative();
        }
    }

    // The memory of TLS connections. Other C libraries than glibc give theirs back without being asked.
    private static void TrimNative()
    {
        if (NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _))
            _ = Trim(0);
    }

    [DllImport("libc.so.6", EntryPoint = "malloc_trim")]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "The generated code is unsafe, which this project does not allow. Nothing is marshalled.")]
    private static extern int Trim(nint padding);
}
