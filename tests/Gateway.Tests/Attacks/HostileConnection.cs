using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Attacks;

/// <summary>One connection of an attack.</summary>
internal sealed class HostileConnection : IDisposable
{
    /// <summary>The address of the attackers. The visitor has another one.</summary>
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.2");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public Stream Stream { get; private set; } = Stream.Null;

    public static async Task<HostileConnection> ConnectAsync(int port, SslApplicationProtocol? protocol, CancellationToken stop)
    {
        var connection = new HostileConnection();
        try
        {
            // A small window, so that little of an answer gets through.
            connection._socket.ReceiveBufferSize = 4096;
            connection._socket.Bind(new IPEndPoint(Address, 0));
            await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
            connection.Stream = new NetworkStream(connection._socket);
            if (protocol is { } tls)
                await connection.SecureAsync(tls, stop);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask SendAsync(string text, CancellationToken stop) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);

    /// <summary>Waits until the other end closes the connection, reading nothing.</summary>
    public async Task UntilClosedAsync(CancellationToken stop)
    {
        while (!_socket.Poll(0, SelectMode.SelectError) && !IsShut())
            await Task.Delay(250, stop);
    }

    public void Dispose()
    {
        Stream.Dispose();
        _socket.Dispose();
    }

    private bool IsShut() => _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;

    private async Task SecureAsync(SslApplicationProtocol protocol, CancellationToken stop)
    {
        var secure = new SslStream(Stream);
        Stream = secure;
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [protocol],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
            },
            stop);
    }
}
