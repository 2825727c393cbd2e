using System.Buffers;

namespace Gateway.Html;

/// <summary>The result of an attempt to read more of a body.</summary>
internal enum Fill
{
    More,
    /// <summary>The body has ended.</summary>
    End,
    /// <summary>The budget is used up. The read continues, and its bytes are delivered when the stream is read.</summary>
    Late,
    /// <summary>The buffer is full.</summary>
    Full,
}

/// <summary>
/// A body whose start has been read ahead. Delivers those bytes, with or without a line inserted, then the bytes of a read that is still
/// pending, and after that reads directly from the stream underneath.
/// </summary>
/// <remarks>The array goes back to the pool after its last byte, not at the end of the body, which may never come.</remarks>
internal sealed class PeekedStream(Stream inner, int capacity, int room, ArrayPool<byte> pool) : PullStream
{
    /// <summary>How long a body that has begun to arrive is held back in all. The time starts at the first wait after the first byte.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private PeekBuffer _peeked = new(capacity, room, pool);
    private CancellationTokenSource? _budget;
    private Task<int>? _pending;

    /// <summary>The bytes that were read and not yet delivered.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.Bytes;

    /// <summary>Whether a read failed that was waited for. Then there is no page to send.</summary>
    public bool HasFailed => _pending is { IsCompleted: true, IsCompletedSuccessfully: false };

    /// <summary>Reads more. Waits for the first bytes without a limit, and for all others together as long as <see cref="Budget"/>.</summary>
    public async ValueTask<Fill> FillAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_peeked.Free.IsEmpty)
            return Fill.Full;

        // The first bytes usually arrive with the headers: then there is nothing to wait for.
        var read = inner.ReadAsync(_peeked.Free, cancellationToken);
        if (read.IsCompletedSuccessfully)
            return Completed(read.Result);

        _pending = read.AsTask();
        if (!_peeked.IsEmpty && !_pending.IsCompleted && !await EndsWithinBudgetAsync(_pending, time))
            return Fill.Late;
        return Completed(await _pending);
    }

    /// <summary>Reads at most <paramref name="step"/> bytes from a stream that never waits; 0 for none.</summary>
    public int FillAtOnce(int step)
    {
        var free = _peeked.Free.Span;
        var count = inner.Read(free[..Math.Min(step, free.Length)]);
        _peeked.Advance(count);
        return count;
    }

    /// <summary>Drops bytes that the caller has read from <see cref="Peeked"/>.</summary>
    public void Skip(int count)
    {
        _peeked.Skip(count);
        ReturnWhenDelivered();
    }

    /// <summary>Inserts a line; once, and before the first read.</summary>
    public void Insert(int offset, ReadOnlySpan<byte> line) => _peeked.Insert(offset, line);

    /// <remarks>
    /// A proxy reads with an empty buffer to wait for data, and rents its own buffer afterwards. When nothing is buffered here, that read
    /// goes to the stream underneath.
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

    private async Task<bool> EndsWithinBudgetAsync(Task read, TimeProvider time)
    {
        _budget ??= new(Budget, time);
        await read.WaitAsync(_budget.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return read.IsCompleted;
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

    /// <remarks>An array that a pending read may still write to does not go back: another page would receive that data.</remarks>
    private void ReturnUnlessPending()
    {
        if (_pending is null or { IsCompleted: true })
            _peeked.Return();
    }
}
