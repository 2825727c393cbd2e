using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Gateway.Edge;

/// <summary>
/// Lets code continue on the thread that polls the sockets, instead of handing each read and each write to the thread pool. What takes longer
/// goes to the thread pool by itself: <see cref="Html.WorkerThread"/>.
/// </summary>
internal static class InlineSockets
{
    // The runtime reads it once, at the first use of a socket, and then has a polling thread for each processor. It has no other switch for this.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the first socket is created. The operator can turn it off with the same variable (0).</summary>
    public static void Enable()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            Environment.SetEnvironmentVariable(Variable, "1");
    }

    /// <summary>Does the same for the pipes between Kestrel and its sockets. "Unsafe" are applications that block or compute in a request.</summary>
    public static void Apply(SocketTransportOptions sockets) =>
        sockets.UnsafePreferInlineScheduling = Environment.GetEnvironmentVariable(Variable) == "1";
}
