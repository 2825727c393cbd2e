using System.Threading.Channels;
using Gateway.Html;

namespace Gateway.Tests.Html;

/// <summary>The body of a backend. The test decides when a piece arrives; each read returns one piece.</summary>
internal sealed class OriginStream : PullStream
{
    private readonly Channel<ReadOnlyMemory<byte>> _pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private ReadOnlyMemory<byte> _rest;
    private TaskCompletionSource? _nextRead;

    public int Disposals { get; private set; }

    public int EmptyReads { get; private set; }

    /// <summary>Completes when the next read begins.</summary>
    public Task NextReadAsync()
    {
        _nextRead ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _nextRead.Task;
    }

    /// <summary>Bytes delivered so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>A body that has arrived completely, in pieces of these lengths; the last length is repeated.</summary>
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
        Interlocked.Exchange(ref _nextRead, null)?.SetResult();
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
