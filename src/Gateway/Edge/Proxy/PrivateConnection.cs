using System.Collections.Concurrent;
using Yarp.ReverseProxy.Model;

namespace Gateway.Edge.Proxy;

/// <summary>
/// The backend connections of one client connection alone. NTLM and Negotiate log a connection in, not a request (RFC 4559 6):
/// whoever used the connection next would be that user.
/// </summary>
internal sealed class PrivateConnection : IDisposable
{
    /// <summary>Carries it to the client that sends the request.</summary>
    public static readonly HttpRequestOptionsKey<PrivateConnection> Option = new("Gateway.PrivateConnection");

    private readonly ConcurrentDictionary<object, HttpMessageInvoker> _clients = new();
    private readonly ConcurrentDictionary<string, DestinationState> _destinations = new(StringComparer.Ordinal);

    /// <summary>The client for one backend.</summary>
    /// <param name="pool">What would send the request otherwise.</param>
    public HttpMessageInvoker ClientFor(object pool, Func<HttpMessageHandler> create) => _clients.GetOrAdd(pool, _ => new(create()));

    /// <summary>The address that the log-in began with, among several: the next step must go there too.</summary>
    public DestinationState? DestinationIn(string cluster) => _destinations.GetValueOrDefault(cluster);

    public void Keep(string cluster, DestinationState destination) => _destinations[cluster] = destination;

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }
}
