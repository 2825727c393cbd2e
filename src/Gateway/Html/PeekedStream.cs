using System.Buffers;

namespace Gateway.Html;

/// <summary>How a try to see more of a body ended.</summary>
internal enum Fill
{
    More,
    /// <summary>The body has ended.</summary>
    End,
    /// <summary>The budget is used up; the read goes on, and its bytes come when the stream is read.</summary>
    Late,
    /// <summary>There is no room for more.</summary>
    Full,
}

/// <summary>
/// A body whose start has been looked at: delivers what was read of it, with a line put in or not, then what a read that
/// is still pending brings, and from then on is nothing but the stream underneath.
/// </summary>
/// <remarks>The array goes back to the pool with its last byte, not at the end of what may be an endless stream.</remarks>
internal sealed class PeekedStream(Stream inner, int capacity, int room, ArrayPool<byte> pool) : PullStream
{
    private readonly PeekBuffer _peeked = new(capacity, room, pool);
    private PeekBudget? _budget;
    private Task<int>? _pending;

    /// <summary>What was read so far and not yet delivered.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.Bytes;

    /// <summary>Whether a read that was waited for failed: then there is no page to pass on.</summary>
    public bool HasFailed => _pending is { IsCompleted: true, IsCompletedSuccessfully: false };

    /// <summary>Reads more: waits for the first bytes as long as they take, for all others together as long as the budget lasts.</summary>
    public async ValueTask<Fill> FillAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_peeked.Free.IsEmpty)
            return Fill.Full;

        // Mostly the first bytes are there already, with the headers: then there is nothing to wait for.
        var read = inner.ReadAsync(_peeked.Free, cancellationToken);
        if (read.IsCompletedSuccessfully)
            return Completed(read.Result);

        _pending = read.AsTask();
        if (!_peeked.IsEmpty && !_pending.IsCompleted && !await (_budget ??= new(time)).IsEnoughForAsync(_pending))
            return Fill.Late;
        return Completed(await _pending);
    }

    /// <summary>Reads more from a stream that has its bytes at hand, at most <paramref name="step"/> of them; 0 for none.</summary>
    public int FillAtOnce(int step)
    {
        var free = _peeked.Free.Span;
        var count = inner.Read(free[..Math.Min(step, free.Length)]);
        _peeked.Advance(count);
        return count;
    }

    /// <summary>Drops bytes that somebody else has read from <see cref="Peeked"/>.</summary>
    public void Skip(int count)
    {
        _peeked.Skip(count);
        ReturnWhenDelivered();
    }

    /// <summary>Puts a line in; once, and before the first read.</summary>
    public void Insert(int offset, ReadOnlySpan<byte> line) => _peeked.Insert(offset, line);

    /// <remarks>
    /// A proxy asks with an empty buffer whether there is something to read, and rents its own buffer only then. That
    /// question goes on to the stream underneath, once nothing waits here.
    /// </remarks>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_peeked.IsEmpty)
            return new(Take(buffer.Span));
        return _pending is null
            ? inner.ReadAsync(buffer, cancellationToken)
            : ReadPendingAsync(_pending, buffer, cancellationToken);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_peeked.IsEmpty && _pending is not null)
            Complete(_pending.GetAwaiter().GetResult());
        return _peeked.IsEmpty ? inner.Read(buffer) : Take(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ReturnUnlessPending();
            _budget?.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadPendingAsync(Task<int> pending, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Complete(await pending.WaitAsync(cancellationToken));
        return Take(buffer.Span);
    }

    private Fill Completed(int count)
    {
        Complete(count);
        return count == 0 ? Fill.End : Fill.More;
    }

    private void Complete(int count)
    {
        _pending = null;
        _peeked.Advance(count);
    }

    private int Take(Span<byte> buffer)
    {
        var count = _peeked.Take(buffer);
        ReturnWhenDelivered();
        return count;
    }

    private void ReturnWhenDelivered()
    {
        if (_peeked.IsEmpty && _pending is null)
            _peeked.Return();
    }

    /// <remarks>An array that a read may still write to is lost to the pool; the next page would find that read in it.</remarks>
    private void ReturnUnlessPending()
    {
        if (_pending is null or { IsCompleted: true })
            _peeked.Return();
    }
}
