namespace Gateway.Html;

/// <summary>A stream that is only written, from its start to its end. Derived classes implement the writes and the flushes.</summary>
/// <remarks>
/// The other members throw <see cref="NotSupportedException"/>, as <see cref="Stream"/> specifies for a stream that can neither be sought
/// nor read; callers check <see cref="CanSeek"/> and <see cref="CanRead"/>.
/// </remarks>
internal abstract class PushStream : Stream
{
    public sealed override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => true;

    public sealed override long Length => throw ForwardOnly();

    public sealed override long Position
    {
        get => throw ForwardOnly();
        set => throw ForwardOnly();
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => throw ForwardOnly();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw ForwardOnly();

    public sealed override void SetLength(long value) => throw ForwardOnly();

    private static NotSupportedException ForwardOnly() => new("The stream can be written once, from its beginning to its end, and cannot be read.");
}
