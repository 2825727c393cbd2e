using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Gateway.Edge.Proxy;

/// <summary>A connection to a backend that notices where the other end no longer reads.</summary>
internal sealed class BackendConnection(Socket socket, TimeProvider time) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>
    /// After this time without data a server may be closing the connection. A request that must not be sent twice is then sent on a new one.
    /// </summary>
    private static readonly TimeSpan SurelyOpen = TimeSpan.FromMilliseconds(10);

    private static readonly AsyncLocal<bool> IsFirstWrite = new();

    private long? _lastRead;
    private bool _isAtEnd;
    private bool _isUnread;

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new BackendConnection(socket, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Writes the head of a request whose body can be read only once.</summary>
    /// <exception cref="ConnectionGoneException">Nothing was written: the backend has closed the connection, or may be about to.</exception>
    public static async Task WriteHeadAsync(Stream request, CancellationToken cancellationToken)
    {
        IsFirstWrite.Value = true;
        await request.FlushAsync(cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = base.ReadAsync(buffer, cancellationToken);
        if (buffer.IsEmpty)
            return read;
        if (!read.IsCompletedSuccessfully)
            return AwaitAsync(read);

        var count = read.Result;
        Note(isAtEnd: count == 0);
        return new(count);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsFirstWrite.Value && IsUncertain())
            throw new ConnectionGoneException();

        // A server that answers early, such as with 413, may close the connection before the whole body has arrived. The answer can be read.
        if (_isUnread)
            return;
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            _isUnread = true;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> read)
    {
        // The pool reads ahead on idle connections.
        var isOpen = false;
        try
        {
            var count = await read;
            isOpen = count > 0;
            return count;
        }
        finally
        {
            Note(isAtEnd: !isOpen);
        }
    }

    private void Note(bool isAtEnd) => (_isAtEnd, _lastRead) = (isAtEnd, time.GetTimestamp());

    // A connection that is readable without any data is at its end.
    private bool IsUncertain() =>
        _isUnread || _isAtEnd || (_lastRead is { } read && (time.GetElapsedTime(read) > SurelyOpen || (Socket.Poll(0, SelectMode.SelectRead) && Socket.Available == 0)));
}

/// <summary>A connection turned out to be closed before anything was written to it.</summary>
internal sealed class ConnectionGoneException() : IOException("The connection was closed before the request was sent.");
