namespace Gateway.Edge.Admission;

/// <summary>A connection to the public listener, and what it holds.</summary>
/// <param name="holder">What it holds in the budget.</param>
/// <param name="isOfProxy">Whether it is a trusted proxy's, which sends the requests of many clients.</param>
internal sealed class ClientConnection(MemoryBudget budget, Holder holder, bool isOfProxy)
{
    /// <summary>A client that goes on after so many refusals loses the connection: with HTTP/2, each refused request is kept for some seconds.</summary>
    private const int MostRefusals = 10;

    private int _requests;
    private int _refusals;
    private long _charged;

    public Holder Holder => holder;

    public bool IsOfProxy => isOfProxy;

    /// <summary>With HTTP/2, heads arrive while other requests are in progress.</summary>
    public bool IsHttp2 { get; set; }

    /// <summary>Length of the head that is arriving, or that arrived last; with HTTP/1.1 perhaps with the start of its body.</summary>
    public long Head { get; private set; }

    /// <summary>Counts bytes that arrived on an HTTP/1.1 connection.</summary>
    public void Receive(long bytes)
    {
        budget.Progress(holder);
        if (bytes > 0 && Volatile.Read(ref _requests) == 0)
            HoldHead(Head + bytes);
    }

    /// <summary>Sets the length of the head that is arriving. What has arrived is in memory until the rest has.</summary>
    public void HoldHead(long length)
    {
        Head = length;
        if (isOfProxy)
            return;

        var more = (Math.Max(0, length - MemoryLimits.SmallHead) * MemoryLimits.HeadFactor) - _charged;
        if (more == 0)
            return;

        _charged += more;
        budget.Add(holder, more);
        if (more > 0 && length > MemoryLimits.LargeHead && budget.IsOverdrawn)
            holder.Abort();
    }

    /// <summary>A head is complete, and its request begins.</summary>
    public void Begin() => Interlocked.Increment(ref _requests);

    public void Refuse()
    {
        if (Interlocked.Increment(ref _refusals) > MostRefusals && !isOfProxy)
            holder.Abort();
    }

    /// <summary>A request is over, and what it held is free.</summary>
    public void End()
    {
        budget.Progress(holder);
        holder.IsNew = false;
        if (Interlocked.Decrement(ref _requests) == 0 && !IsHttp2)
            HoldHead(0);
    }
}
