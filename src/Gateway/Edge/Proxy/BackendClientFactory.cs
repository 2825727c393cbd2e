using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge.Proxy;

/// <summary>The clients that ask the backends.</summary>
internal sealed class BackendClientFactory(ConnectionLogins logins) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);

        Tune(handler);
        if (context.NewMetadata?.TryGetValue(ProxyClusters.ConnectTimeout, out var seconds) == true)
            handler.ConnectTimeout = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
    }

    /// <summary>What a legacy site needs and the framework's defaults do not give.</summary>
    internal static void Tune(SocketsHttpHandler handler)
    {
        // Below the shortest that is common among servers (Apache's 5 s): a request sent into a connection that is just being closed is lost.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4);

        // The framework's tracing headers are no business of the backend's.
        handler.ActivityHeadersPropagator = null;
#pragma warning disable CA2262 // 256 kB is meant.
        handler.MaxResponseHeadersLength = 256;
#pragma warning restore CA2262
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new Choosing(base.WrapHandler(context, handler), logins, () => PrivateHandler(context));

    // One connection for each address, kept as long as both ends like.
    private SocketsHttpHandler PrivateHandler(ForwarderHttpClientContext context)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        ConfigureHandler(context, handler);
        handler.MaxConnectionsPerServer = 1;
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        return handler;
    }

    /// <summary>Sends a request over its client's own connection, where it has one.</summary>
    private sealed class Choosing(HttpMessageHandler inner, ConnectionLogins logins, Func<HttpMessageHandler> createPrivate) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            logins.HasAny && request.Options.TryGetValue(PrivateConnection.Option, out var own)
                ? own.ClientFor(this, createPrivate).SendAsync(request, cancellationToken)
                : base.SendAsync(request, cancellationToken);
    }
}
