namespace Gateway.Html;

/// <summary>How long a page that has begun to arrive may be held back to see the end of its prologue.</summary>
internal sealed class PeekBudget(TimeProvider time) : IDisposable
{
    /// <summary>From the first wait after the first byte.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private CancellationTokenSource? _over;

    /// <summary>Waits for a read, and says whether it ended, well or badly, before the budget did.</summary>
    /// <remarks>The clock starts here and not with the first byte: pages that come in one piece then need no timer.</remarks>
    public async Task<bool> IsEnoughForAsync(Task read)
    {
        _over ??= new(Limit, time);
        await read.WaitAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return read.IsCompleted;
    }

    public void Dispose() => _over?.Dispose();
}
