using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>The connections to a listener of a test.</summary>
internal static class AcceptedConnections
{
    /// <summary>Serves each connection until the listener stops.</summary>
    public static async Task ServeAsync(this TcpListener listener, Func<TcpClient, Task> serve)
    {
        try
        {
            while (true)
                _ = serve(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
