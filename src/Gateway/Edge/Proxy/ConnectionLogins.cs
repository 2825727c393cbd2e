using Microsoft.AspNetCore.Connections.Features;

namespace Gateway.Edge.Proxy;

/// <summary>
/// Log-ins that belong to a connection (NTLM, Negotiate). Where the client's connection is its own, it gets backend connections of its
/// own from its first such request on; where it may carry several visitors, such log-ins are neither offered nor passed on.
/// </summary>
internal sealed partial class ConnectionLogins(ILogger<ConnectionLogins> logger)
{
    /// <summary>Client connections with backend connections of their own, at most.</summary>
    private const int Most = 1000;

    private static readonly object Key = new();

    private int _count;
    private int _isTold;

    /// <summary>Whether there is any: else nothing has to be looked up.</summary>
    public bool HasAny => Volatile.Read(ref _count) > 0;

    /// <summary>What a request that is sent on must know.</summary>
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

    /// <summary>Takes the offer back where it could not be kept.</summary>
    public void Apply(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status401Unauthorized || CanHave(context))
            return;

        var offers = context.Response.Headers.WWWAuthenticate;
        var kept = offers.Where(offer => !IsOfConnection(offer)).ToArray();
        if (kept.Length == offers.Count)
            return;

        context.Response.Headers.WWWAuthenticate = kept;
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
            LogWithheld(logger, RequestState.Of(context)!.Site.Config.Id);
    }

    /// <summary>Keeps a log-in at the address it began with.</summary>
    public Task StayAsync(HttpContext context, RequestDelegate next)
    {
        if (Find(context) is not { } own)
            return next(context);

        var feature = context.GetReverseProxyFeature();
        var cluster = feature.Cluster.Config.ClusterId;
        if (own.DestinationIn(cluster) is { } destination && feature.AvailableDestinations.Contains(destination))
            feature.AvailableDestinations = [destination];
        else if (feature.AvailableDestinations is [var first, ..])
            own.Keep(cluster, first);
        return next(context);
    }

    private static bool Asks(HttpRequest request) => request.Headers.Authorization is [{ } value, ..] && IsOfConnection(value);

    private static bool IsOfConnection(string? value) =>
        value is not null
        && (value.StartsWith("NTLM", StringComparison.OrdinalIgnoreCase) || value.StartsWith("Negotiate", StringComparison.OrdinalIgnoreCase));

    // A front end may send the requests of many visitors over one connection, and so do tabs over HTTP/2.
    private static bool IsOwn(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && RequestState.Of(context)!.Client is not null && context.Features.Get<ForwardedRequest>() is null;

    private bool CanHave(HttpContext context) => IsOwn(context) && (Volatile.Read(ref _count) < Most || Find(context) is not null);

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
        Interlocked.Increment(ref _count);
        connection.Items[Key] = opened;
        context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(() =>
        {
            opened.Dispose();
            Interlocked.Decrement(ref _count);
        });
        return opened;
    }

    [LoggerMessage(121, LogLevel.Warning, "Site {Site}: a log-in by NTLM or Negotiate was not offered: it belongs to a connection, and this one may carry several visitors (HTTP/2, or a proxy in front).", EventName = "LoginWithheld")]
    private static partial void LogWithheld(ILogger logger, string site);
}
