using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.Edge.Proxy;

/// <summary>
/// Supports log-ins that belong to a connection (NTLM, Negotiate). From its first such request on, a client connection gets private backend
/// connections. If the client connection can carry requests of several visitors, such log-ins are neither offered nor forwarded.
/// </summary>
internal sealed partial class ConnectionLogins(ILogger<ConnectionLogins> logger)
{
    /// <summary>Most client connections with private backend connections.</summary>
    private const int Most = 1000;

    /// <summary>Most of them from one network, so that no client takes the log-in away from the others.</summary>
    public const int MostOfOneNetwork = 100;

    private static readonly object Key = new();

    private readonly ConcurrentDictionary<IPAddress, int> _byNetwork = new();
    private int _count;
    private int _isLogged;

    /// <summary>Whether any client connection has private backend connections.</summary>
    public bool HasAny => Volatile.Read(ref _count) > 0;

    /// <summary>Assigns the private connection to a request, or removes a log-in that cannot be forwarded.</summary>
    public void Apply(HttpContext context, HttpRequestMessage request)
    {
        if (Asks(context.Request))
        {
            if (FindOrOpen(context) is { } opened)
                request.Options.Set(PrivateConnection.Option, opened);
            else
                request.Headers.Remove("Authorization");
        }
        else if (Find(context) is { } known)
        {
            request.Options.Set(PrivateConnection.Option, known);
        }
    }

    /// <summary>Removes the offer of such a log-in from a response if the gateway cannot forward the log-in.</summary>
    public void Apply(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status401Unauthorized || CanHave(context))
            return;

        var offers = context.Response.Headers.WWWAuthenticate;
        var kept = offers.Where(offer => !IsOfConnection(offer)).ToArray();
        if (kept.Length == offers.Count)
            return;

        context.Response.Headers.WWWAuthenticate = kept;
        if (Interlocked.Exchange(ref _isLogged, 1) == 0)
            LogWithheld(logger, RequestState.Of(context)!.Site.Config.Id);
    }

    /// <summary>Sends all requests of a log-in to the address at which it started.</summary>
    public Task StayAsync(HttpContext context, RequestDelegate next)
    {
        if (Find(context) is not { } connection)
            return next(context);

        var feature = context.GetReverseProxyFeature();
        var cluster = feature.Cluster.Config.ClusterId;
        if (connection.DestinationIn(cluster) is { } destination && feature.AvailableDestinations.Contains(destination))
            feature.AvailableDestinations = [destination];
        else if (feature.AvailableDestinations is [var first, ..])
            connection.Keep(cluster, first);
        return next(context);
    }

    private static bool Asks(HttpRequest request) => request.Headers.Authorization is [{ } value, ..] && IsOfConnection(value);

    private static bool IsOfConnection(string? value) =>
        value is not null
        && (value.StartsWith("NTLM", StringComparison.OrdinalIgnoreCase) || value.StartsWith("Negotiate", StringComparison.OrdinalIgnoreCase));

    // A proxy in front can send requests of many visitors over one connection. With HTTP/2, log-ins that belong to a connection are not defined.
    private static bool HasOneClient(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && RequestState.Of(context)!.Client is not null && context.Features.Get<ForwardedRequest>() is null;

    private bool CanHave(HttpContext context) => HasOneClient(context) && (Find(context) is not null || HasRoom(NetworkOf(context)));

    private bool HasRoom(IPAddress network) =>
        Volatile.Read(ref _count) < Most && _byNetwork.GetValueOrDefault(network) < MostOfOneNetwork;

    private static IPAddress NetworkOf(HttpContext context) => ClientNetwork.Of(RequestState.Of(context)!.Client!);

    private PrivateConnection? Find(HttpContext context) =>
        HasAny
        && context.Features.Get<IConnectionItemsFeature>()?.Items is { } items
        && items.TryGetValue(Key, out var known) ? (PrivateConnection?)known : null;

    private PrivateConnection? FindOrOpen(HttpContext context)
    {
        if (Find(context) is { } known)
            return known;
        if (!CanHave(context) || context.Features.Get<IConnectionItemsFeature>() is not { } connection)
            return null;

        var opened = new PrivateConnection();
        var network = NetworkOf(context);
        Interlocked.Increment(ref _count);
        _byNetwork.AddOrUpdate(network, 1, (_, count) => count + 1);
        connection.Items[Key] = opened;
        context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(() =>
        {
            opened.Dispose();
            Interlocked.Decrement(ref _count);
            if (_byNetwork.AddOrUpdate(network, 0, (_, count) => count - 1) == 0)
                _byNetwork.TryRemove(new(network, 0));
        });
        return opened;
    }

    [LoggerMessage(121, LogLevel.Warning, "Site {Site}: the offer of a log-in by NTLM or Negotiate was removed. Such a log-in belongs to a connection, and this connection can carry several visitors (HTTP/2, or a proxy in front).", EventName = "LoginWithheld")]
    private static partial void LogWithheld(ILogger logger, string site);
}
