using System.Net;
using System.Net.Sockets;

namespace Gateway.Edge;

/// <summary>The network that a client's address stands for, wherever something is limited per client.</summary>
internal static class ClientNetwork
{
    /// <summary>The address itself; of IPv6, its /64, because a customer has at least that many addresses.</summary>
    public static IPAddress Of(IPAddress client)
    {
        if (client.AddressFamily != AddressFamily.InterNetworkV6 || client.IsIPv4MappedToIPv6)
            return client;

        var bytes = client.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
