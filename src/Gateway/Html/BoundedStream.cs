namespace Gateway.Html;

/// <summary>Exactly so many bytes of a stream that may not end there.</summary>
/// <exception cref="IOException">A read finds the end of the stream before its last byte.</exception>
internal sealed class BoundedStream(Stream inner, long length) : PullStream
{
    private long _rest = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _rest == 0 ? 0 : Count(await inner.ReadAsync(buffer[..Bounded(buffer.Length)], cancellationToken), buffer.Length);

    public override int Read(Span<byte> buffer) => _rest == 0 ? 0 : Count(inner.Read(buffer[..Bounded(buffer.Length)]), buffer.Length);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Bounded(int most) => (int)Math.Min(most, _rest);

    private int Count(int read, int asked)
    {
        if (read == 0 && asked > 0)
            throw new IOException("The body ends before the length that its header announced.");
        _rest -= read;
        return read;
    }
}
