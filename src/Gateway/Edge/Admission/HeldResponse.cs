using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Edge.Admission;

/// <summary>The body of a response. While the client does not read, it holds what was copied from the backend, and makes no progress.</summary>
/// <param name="held">Bytes that it then holds.</param>
internal sealed class HeldResponse(IHttpResponseBodyFeature body, MemoryBudget budget, Holder holder, int held) : Stream, IHttpResponseBodyFeature
{
    private readonly Stream _stream = body.Stream;

    public Stream Stream => this;

    public PipeWriter Writer => body.Writer;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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
