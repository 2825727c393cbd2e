using System.IO.Compression;

namespace Gateway.Html;

/// <summary>
/// Compresses a body while it is read. What the backend has flushed is passed on: the encoder is flushed before each read that waits.
/// </summary>
internal sealed class CompressedStream : PullStream
{
    /// <summary>As nginx does by default. Higher levels cost several times as much and save little.</summary>
    private const int BrotliQuality = 6;

    private const int Step = 16 * 1024;

    private readonly Stream _inner;
    private readonly Sink _sink = new();
    private readonly Stream _encoder;
    private readonly byte[] _plain = new byte[Step];
    private Task<int>? _pending;
    private bool _isFlushed = true;
    private bool _isOver;

    /// <param name="inner">The body, which is disposed of with this stream.</param>
    /// <param name="coding">Gzip or Brotli.</param>
    public CompressedStream(Stream inner, ContentCoding coding)
    {
        _inner = inner;
        _encoder = coding is ContentCoding.Brotli
            ? new BrotliStream(_sink, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true)
            : new GZipStream(_sink, CompressionLevel.Optimal, leaveOpen: true);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_sink.IsEmpty && !_isOver)
            await EncodeNextAsync(cancellationToken);
        return _sink.Take(buffer.Span);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // An encoder that is disposed of writes its end: nobody reads it any more.
            _encoder.Dispose();
            _sink.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask EncodeNextAsync(CancellationToken cancellationToken)
    {
        await WorkerThread.Switch;
        _pending ??= _inner.ReadAsync(_plain, cancellationToken).AsTask();
        if (!_isFlushed && !_pending.IsCompletedSuccessfully)
        {
            // Also before an error: what has arrived is delivered first.
            _encoder.Flush();
            _isFlushed = true;
            if (!_sink.IsEmpty)
                return;
        }

        var count = await _pending;
        await WorkerThread.Switch;
        _pending = null;
        if (count == 0)
        {
            _isOver = true;
            _encoder.Dispose();
            return;
        }

        _encoder.Write(_plain, 0, count);
        _isFlushed = false;
    }

    /// <summary>What the encoder has written and nobody has read yet.</summary>
    private sealed class Sink : PushStream
    {
        private byte[] _bytes = new byte[Step];
        private int _start;
        private int _end;

        public bool IsEmpty => _start == _end;

        public int Take(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            _bytes.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            if (IsEmpty)
                (_start, _end) = (0, 0);
            return count;
        }

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            if (_bytes.Length - _end < bytes.Length)
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan(_end));
            _end += bytes.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }
    }
}
