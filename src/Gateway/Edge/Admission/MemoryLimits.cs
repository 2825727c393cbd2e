using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Gateway.Edge.Admission;

/// <summary>What clients may hold, derived from the memory of the process. The limit of a container decides, if there is one.</summary>
internal sealed record MemoryLimits
{
    /// <summary>What an open connection holds: its socket, its pipes and the state of the protocol.</summary>
    public const int OfConnection = 16 * 1024;

    /// <summary>What a TLS connection holds in addition, most of it in the TLS library.</summary>
    public const int OfTls = 112 * 1024;

    /// <summary>What a request in progress holds, the state of its connection to the backend included.</summary>
    public const int OfRequest = 24 * 1024;

    /// <summary>What a request or response holds in addition while one end waits for the other: the buffer of the copy.</summary>
    public const int OfCopy = 64 * 1024;

    /// <summary>Bytes of a head that <see cref="OfConnection"/> includes.</summary>
    public const int SmallHead = 8 * 1024;

    /// <summary>Heads beyond this length are refused, instead of waiting, while clients hold all they may.</summary>
    public const int LargeHead = 32 * 1024;

    /// <summary>How many bytes of memory a byte of a head takes: a character has two, and the byte itself is in a buffer.</summary>
    public const int HeadFactor = 3;

    private const int KiB = 1024;

    private MemoryLimits(long available)
    {
        Clients = available / 2;
        ReadBuffer = (int)Math.Clamp(available / 2048, 32 * KiB, 1024 * KiB);
        WriteBuffer = (int)Math.Clamp(available / 8192, 16 * KiB, 64 * KiB);
        SocketBuffer = available < 1024L * 1024 * KiB ? 256 * KiB : null;
        Http2Connection = (int)Math.Clamp(available / 1024, 128 * KiB, 1024 * KiB);
        Http2Stream = (int)Math.Clamp(available / 2048, 96 * KiB, 768 * KiB);
        Http2Heads = (int)Math.Clamp(available / 32 / (384 * KiB), 4, 1024);
    }

    /// <summary>Bytes that all clients together may hold.</summary>
    public long Clients { get; init; }

    /// <summary>Bytes of a request that are read from a socket before they are asked for.</summary>
    public int ReadBuffer { get; }

    /// <summary>Bytes of a response that wait for a socket.</summary>
    public int WriteBuffer { get; }

    /// <summary>Size of the kernel's buffers of a socket. The kernel counts them as memory of the container. Null where it may choose.</summary>
    public int? SocketBuffer { get; }

    /// <summary>Bytes of bodies that an HTTP/2 client may send before they are asked for.</summary>
    public int Http2Connection { get; }

    /// <summary>The same for one request.</summary>
    public int Http2Stream { get; }

    /// <summary>How many HTTP/2 heads are decoded at the same time. One of a few bytes can become 128 kB.</summary>
    public int Http2Heads { get; }

    /// <param name="available">Bytes that the process may use.</param>
    public static MemoryLimits For(long available) => new(available);

    /// <summary>The limits for the memory of this process: that of the garbage collector, which reads the limit of the container.</summary>
    public static MemoryLimits OfThisProcess() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public void Apply(KestrelServerOptions kestrel)
    {
        // Kestrel requires that a head fits.
        kestrel.Limits.MaxRequestBufferSize = Math.Max(ReadBuffer, kestrel.Limits.MaxRequestHeadersTotalSize);
        kestrel.Limits.MaxResponseBufferSize = WriteBuffer;
        kestrel.Limits.Http2.InitialConnectionWindowSize = Http2Connection;
        kestrel.Limits.Http2.InitialStreamWindowSize = Http2Stream;
    }

    public void Apply(SocketTransportOptions sockets)
    {
        sockets.MaxReadBufferSize = ReadBuffer;
        sockets.MaxWriteBufferSize = WriteBuffer;
        if (SocketBuffer is not { } size)
            return;

        // Accepted sockets have the options of the socket that listens.
        sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            (socket.SendBufferSize, socket.ReceiveBufferSize) = (size, size);
            return socket;
        };
    }
}
