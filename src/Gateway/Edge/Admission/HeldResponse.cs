using System.IO.Pipelines;
using Gateway.Html;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge.Admission;

/// <summary>The body of a response. While the client does not read, it holds what was copied from the backend, and makes no progress.</summary>
/// <param name="held">Bytes that it then holds.</param>
internal sealed class HeldResponse(IHttpResponseBodyFeature body, MemoryBudget budget, Holder holder, int held) : PushStream, IHttpResponseBodyFeature
{
    private readonly Stream _stream = body.Stream;

    public Stream Stream => this;

    public PipeWriter Writer => body.Writer;

    public void DisableBuffering() => body.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => body.StartAsync(cancellationToken);

    public Task CompleteAsync() => body.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var write = _stream.WriteAsync(buffer, cancellationToken);
        if (!write.IsCompletedSuccessfully)
            return HoldAsync(write);

        budget.Progress(holder);
        return write;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        var flush = _stream.FlushAsync(cancellationToken);
        return flush.IsCompletedSuccessfully ? flush : HoldAsync(new ValueTask(flush)).AsTask();
    }

    public override void Flush() => _stream.Flush();

    public override void Write(byte[] buffer, int offset, int count) => _stream.Write(buffer, offset, count);

    private async ValueTask HoldAsync(ValueTask write)
    {
        budget.Add(holder, held);
        try
        {
            await write;
        }
        finally
        {
            budget.Add(holder, -held);
            budget.Progress(holder);
        }
    }
}
