namespace Gateway.Html;

/// <summary>A stream that is read once, from its start to its end. Derived classes implement the read over memory, and disposal.</summary>
/// <remarks>
/// The other members throw <see cref="NotSupportedException"/>, as <see cref="Stream"/> specifies for a stream that can neither be sought
/// nor written; callers check <see cref="CanSeek"/> and <see cref="CanWrite"/>.
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

    /// <summary>Waits for <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>. The gateway itself reads bodies asynchronously.</summary>
    public override int Read(Span<byte> buffer)
    {
        var copy = new byte[buffer.Length];
        var count = ReadAsync(copy).AsTask().GetAwaiter().GetResult();
        copy.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

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

    private static NotSupportedException ForwardOnly() => new("The stream of a response body can be read once, from its beginning to its end, and cannot be written.");
}
