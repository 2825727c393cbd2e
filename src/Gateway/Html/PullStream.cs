namespace Gateway.Html;

/// <summary>A stream that is read forward, once. Leaves its heirs the two reads over memory, and disposal.</summary>
/// <remarks>
/// What it cannot do throws <see cref="NotSupportedException"/>, which is what <see cref="Stream"/> asks of one that neither seeks nor writes:
/// callers look at <see cref="CanSeek"/> and <see cref="CanWrite"/> first.
/// </remarks>
internal abstract class PullStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw ForwardOnly();

    public sealed override long Position
    {
        get => throw ForwardOnly();
        set => throw ForwardOnly();
    }

    public abstract override int Read(Span<byte> buffer);

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw ForwardOnly();

    public sealed override void SetLength(long value) => throw ForwardOnly();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw ForwardOnly();

    private static NotSupportedException ForwardOnly() => new("A body on its way is read from its beginning to its end, once, and takes no writes.");
}
