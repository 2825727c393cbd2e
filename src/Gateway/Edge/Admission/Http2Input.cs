using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Gateway.Edge.Admission;

/// <summary>
/// What arrives on an HTTP/2 connection. A header block is passed on when it is complete, and only while few others are being decoded: with
/// HPACK, one of a few bytes can become 128 kB, and Kestrel would decode all that are there before the first request begins.
/// </summary>
internal sealed class Http2Input(PipeReader input, ClientConnection connection, SemaphoreSlim heads, TimeProvider time) : PipeReader
{
    private const int PrefaceLength = 24, FrameHead = 9, LongestFrame = 16 * 1024, LongestBlock = 192 * 1024;
    private const byte Headers = 1, Continuation = 9, EndHeaders = 4;

    /// <summary>As for HTTP/1.1, where it is Kestrel's.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(5);

    private ReadOnlySequence<byte> _buffer;
    private bool _decodes;
    private ITimer? _timeout;

    // Bytes at the front that can be passed on, whether they have arrived or not.
    private long _passes = PrefaceLength;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_passes == 0 && _decodes)
            await EndDecodingAsync();

        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            connection.Receive(0);
            var buffer = result.Buffer;
            if (_passes == 0 && Scan(buffer))
                await BeginDecodingAsync(cancellationToken);
            if (_passes > 0 || result.IsCompleted || result.IsCanceled)
            {
                var isAll = _passes == 0 || _passes >= buffer.Length;
                _buffer = isAll ? buffer : buffer.Slice(0, _passes);
                return new ReadResult(_buffer, result.IsCanceled, result.IsCompleted && isAll);
            }

            if (!buffer.IsEmpty)
                Await(buffer.Length);
            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    // Kestrel does not use it for HTTP/2.
    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _passes = Math.Max(0, _passes - _buffer.Slice(0, consumed).Length);
        _buffer = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        EndBlock();
        if (_decodes)
            heads.Release();
        _decodes = false;
        input.Complete(exception);
    }

    private async ValueTask BeginDecodingAsync(CancellationToken cancellationToken)
    {
        EndBlock();

        // Kestrel may wait for a client that does not read, before it asks for more. That must not hold up all others for ever.
        _decodes = await heads.WaitAsync(MostWait, cancellationToken);
    }

    // Kestrel asks for more: it has decoded the block and queued the request. The thread pool takes this up after that request.
    private async ValueTask EndDecodingAsync()
    {
        await Task.Yield();
        _decodes = false;
        heads.Release();
    }

    /// <summary>Waits for the rest of a block, for a limited time and up to a limited length.</summary>
    private void Await(long length)
    {
        _timeout ??= time.CreateTimer(static holder => ((Holder)holder!).Abort(), connection.Holder, HeadTimeout, Timeout.InfiniteTimeSpan);
        connection.HoldHead(length);
        if (length > LongestBlock)
            connection.Holder.Abort();
    }

    private void EndBlock()
    {
        if (_timeout is null)
            return;

        _timeout.Dispose();
        _timeout = null;
        connection.HoldHead(0);
    }

    /// <summary>Sets how many bytes at the start of the buffer can be passed on. No byte, if a block begins there that is not complete.</summary>
    /// <returns>Whether a complete block begins there.</returns>
    private bool Scan(ReadOnlySequence<byte> buffer)
    {
        var at = 0L;
        var isInBlock = false;
        var reader = new SequenceReader<byte>(buffer);
        while (TryReadFrame(ref reader, out var type, out var flags, out var length))
        {
            // Kestrel ends a connection on which other frames are between those of a block.
            if (isInBlock && type != Continuation)
            {
                _passes = at > 0 ? at : reader.Consumed;
                return at == 0;
            }

            // Kestrel rejects a longer frame when it has its head.
            if (length > LongestFrame || type is not (Headers or Continuation))
            {
                at = reader.Consumed + length;
                if (length > reader.Remaining)
                    break;
                reader.Advance(length);
                continue;
            }

            if (length > reader.Remaining)
                break;
            reader.Advance(length);
            isInBlock = true;
            if ((flags & EndHeaders) == 0)
                continue;

            // What precedes the block is passed on first.
            _passes = at > 0 ? at : reader.Consumed;
            return at == 0;
        }

        _passes = at;
        return false;
    }

    private static bool TryReadFrame(ref SequenceReader<byte> reader, out byte type, out byte flags, out int length)
    {
        Span<byte> head = stackalloc byte[FrameHead];
        (type, flags, length) = (0, 0, 0);
        if (!reader.TryCopyTo(head))
            return false;

        reader.Advance(FrameHead);
        (length, type, flags) = ((head[0] << 16) | (head[1] << 8) | head[2], head[3], head[4]);
        return true;
    }
}
