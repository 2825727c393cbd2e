using System.Threading.Channels;
using Gateway.Html;

namespace Gateway.Tests.Html;

/// <summary>A backend's body whose pieces arrive when the test says so, one piece a read.</summary>
internal sealed class OriginStream : PullStream
{
    private readonly Channel<ReadOnlyMemory<byte>> _pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private ReadOnlyMemory<byte> _rest;

    public int Disposals { get; private set; }

    public int EmptyReads { get; private set; }

    public int Reads { get; private set; }

    /// <summary>Bytes handed out so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>A body that is there at once, in pieces of these lengths, the last one repeated.</summary>
    public static OriginStream Of(byte[] body, params int[] lengths)
    {
        var stream = new OriginStream();
        for (int at = 0, piece = 0; at < body.Length; piece++)
        {
            var length = lengths.Length == 0 ? body.Length : lengths[Math.Min(piece, lengths.Length - 1)];
            stream.Send(body.AsSpan(at, Math.Min(length, body.Length - at)));
            at += length;
        }

        stream.End();
        return stream;
    }

    public void Send(ReadOnlySpan<byte> piece)
    {
        if (!piece.IsEmpty)
            _pieces.Writer.TryWrite(piece.ToArray());
    }

    public void End() => _pieces.Writer.Complete();

    public void Fail(Exception error) => _pieces.Writer.Complete(error);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Reads++;
        if (buffer.IsEmpty)
            EmptyReads++;
        if (_rest.IsEmpty && !await _pieces.Reader.WaitToReadAsync(cancellationToken))
            return 0;
        if (_rest.IsEmpty)
            _pieces.Reader.TryRead(out _rest);
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        BytesRead += count;
        return count;
    }

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Bodies are read asynchronously.");

    protected override void Dispose(bool disposing)
    {
        Disposals++;
        base.Dispose(disposing);
    }
}
