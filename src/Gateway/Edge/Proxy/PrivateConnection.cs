using System.Collections.Concurrent;
using Yarp.ReverseProxy.Model;

namespace Gateway.Edge.Proxy;

/// <summary>
/// The backend connections of one client connection. NTLM and Negotiate authenticate a connection, not a request (RFC 4559 6): if it were
/// shared, the next client would act as that user.
/// </summary>
internal sealed class PrivateConnection : IDisposable
{
    /// <summary>The request option that passes it to <see cref="BackendClientFactory"/>.</summary>
    public static readonly HttpRequestOptionsKey<PrivateConnection> Option = new("Gateway.PrivateConnection");

    private readonly ConcurrentDictionary<object, HttpMessageInvoker> _clients = new();
    private readonly ConcurrentDictionary<string, DestinationState> _destinations = new(StringComparer.Ordinal);

    /// <summary>The client for one backend.</summary>
    /// <param name="pool">The shared handler of the backend, which identifies it.</param>
    public HttpMessageInvoker ClientFor(object pool, Func<HttpMessageHandler> create) => _clients.GetOrAdd(pool, _ => new(create()));

    /// <summary>The address of a backend at which the log-in started, which has to receive its next steps; null if there is none.</summary>
    public DestinationState? DestinationIn(string cluster) => _destinations.GetValueOrDefault(cluster);

    public void Keep(string cluster, DestinationState destination) => _destinations[cluster] = destination;

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }
}
