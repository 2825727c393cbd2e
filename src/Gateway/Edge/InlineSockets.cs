using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Gateway.Edge;

/// <summary>
/// Lets code continue on the thread that polls the sockets, instead of handing each read and each write to the thread pool, if the operator says
/// so. What takes longer goes to the thread pool by itself: <see cref="Html.WorkerThread"/>.
/// </summary>
internal static class InlineSockets
{
    // The runtime reads it once, at the first use of a socket, and then has a polling thread for each processor. It has no other switch for this.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Does the same for the pipes between Kestrel and its sockets. "Unsafe" are applications that block or compute in a request.</summary>
    public static void Apply(SocketTransportOptions sockets) =>
        sockets.UnsafePreferInlineScheduling = Environment.GetEnvironmentVariable(Variable) == "1";
}
