using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Html;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Edge.Admission;

/// <summary>What arrives on an HTTP/1.1 connection, counted.</summary>
internal sealed class CountedInput(PipeReader input, ClientConnection connection) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _known;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = input.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? new(Count(read.Result)) : CountAsync(read);
    }

    public override bool TryRead(out ReadResult result)
    {
        try
        {
            if (!input.TryRead(out result))
                return false;
        }
        catch (IOException error)
        {
            throw Aborted(error);
        }

        Count(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _known = _buffer.IsEmpty ? 0 : _buffer.Slice(consumed).Length;
        _buffer = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> CountAsync(ValueTask<ReadResult> read)
    {
        try
        {
            var result = Count(await read);
            if (connection.Head > MemoryLimits.SmallHead)
                await WorkerThread.Switch;
            return result;
        }
        catch (IOException error)
        {
            throw Aborted(error);
        }
    }

    // With any other exception, Kestrel goes on to read the rest of a body, and logs an error for each broken upload.
    private static ConnectionAbortedException Aborted(IOException error) => new(error.Message, error);

    private ReadResult Count(ReadResult result)
    {
        _buffer = result.Buffer;
        connection.Receive(_buffer.Length - _known);
        return result;
    }
}
