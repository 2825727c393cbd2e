using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Html;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Edge;

/// <summary>
/// What arrives on a TLS connection, read on the thread pool: a handshake takes a millisecond, in which the thread that polls the sockets would
/// serve nobody.
/// </summary>
internal sealed class WorkerInput(PipeReader input) : PipeReader
{
    /// <summary>Connection middleware below TLS.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) => async connection =>
    {
        var transport = connection.Transport;
        connection.Transport = new Duplex(new WorkerInput(transport.Input), transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    };

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var read = input.ReadAsync(cancellationToken);
        return read.IsCompletedSuccessfully ? read : SwitchAsync(read);
    }

    public override bool TryRead(out ReadResult result) => input.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ReadResult> SwitchAsync(ValueTask<ReadResult> read)
    {
        var result = await read;
        await WorkerThread.Switch;
        return result;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
