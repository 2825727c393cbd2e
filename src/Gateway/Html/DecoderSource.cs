namespace Gateway.Html;

/// <summary>
/// What a decoder reads from: during the peek the bytes that are there and no others, as if the body ended with them;
/// once released, the rest of the body.
/// </summary>
/// <remarks>
/// Until then it takes nothing away from the raw body, which can still be passed on from its first byte. The decoders of
/// System.IO.Compression go on where they were when a source that gave 0 bytes has more.
/// </remarks>
internal sealed class DecoderSource(PeekedStream raw, int start) : PullStream
{
    private int _position = start;
    private bool _isReleased;

    /// <summary>Hands the raw body over: from now on it is read, and disposed of, through this stream.</summary>
    public void Release()
    {
        raw.Skip(_position);
        _isReleased = true;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isReleased)
            return raw.Read(buffer);
        var waiting = raw.Peeked[_position..];
        var count = Math.Min(buffer.Length, waiting.Length);
        waiting[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _isReleased ? raw.ReadAsync(buffer, cancellationToken) : new(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing && _isReleased)
            raw.Dispose();
        base.Dispose(disposing);
    }
}
