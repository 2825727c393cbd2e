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
    /// <summary>The body broke off. The error is thrown when the stream is read, after the bytes that have arrived.</summary>
    Failed,
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
    /// <summary>How long all reads together wait. The time starts at the first wait.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private PeekBuffer _peeked = new(capacity, room, pool);
    private CancellationTokenSource? _budget;
    private Task<int>? _pending;

    /// <summary>The bytes that were read and not yet delivered.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.Bytes;

    /// <summary>Reads more. Waits at most for what is left of <see cref="Budget"/>.</summary>
    public async ValueTask<Fill> FillAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_peeked.Free.IsEmpty)
            return Fill.Full;

        if (_pending is null)
        {
            // The first bytes usually arrive with the headers: then there is nothing to wait for.
            var read = StartRead(cancellationToken);
            if (read.IsCompletedSuccessfully)
                return Completed(read.Result);
            _pending = read.AsTask();
        }

        if (!_pending.IsCompleted && !await EndsWithinBudgetAsync(_pending, time))
            return Fill.Late;
        return await Ended(_pending) ? Completed(_pending.Result) : Fill.Failed;
    }

    /// <summary>Waits without a limit for the read that was late. A new budget begins then.</summary>
    public async Task WaitAsync()
    {
        await Ended(_pending!);
        _budget?.Dispose();
        _budget = null;
    }

    /// <summary>Throws the error of the read that failed.</summary>
    public Task ThrowAsync() => _pending!;

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

    // Some streams throw in the call itself.
    private ValueTask<int> StartRead(CancellationToken cancellationToken)
    {
        try
        {
            return inner.ReadAsync(_peeked.Free, cancellationToken);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<int>(error);
        }
    }

    private static async ValueTask<bool> Ended(Task read)
    {
        await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return read.IsCompletedSuccessfully;
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
