using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge.Proxy;

/// <summary>Creates the HTTP clients for backends.</summary>
internal sealed class BackendClientFactory(ConnectionLogins logins, TimeProvider time) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);

        Tune(handler);
        if (context.NewMetadata?.TryGetValue(ProxyClusters.ConnectTimeout, out var seconds) == true)
            handler.ConnectTimeout = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        handler.ConnectCallback = (connection, cancellationToken) => BackendConnection.ConnectAsync(connection, time, cancellationToken);
    }

    /// <summary>Settings that legacy sites need and that differ from the framework's defaults.</summary>
    internal static void Tune(SocketsHttpHandler handler)
    {
        // Shorter than the keep-alive time-outs of common servers (gunicorn: 2 s), because a request on a connection that the server is closing
        // is lost. The handler looks once a second.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1);

        // The backend must not receive the framework's tracing headers.
        handler.ActivityHeadersPropagator = null;
#pragma warning disable CA2262 // The unit is kB: 256 kB is intended.
        handler.MaxResponseHeadersLength = 256;
#pragma warning restore CA2262
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new PrivateConnectionHandler(new RepeatingHandler(base.WrapHandler(context, handler)), logins, () => PrivateHandler(context));

    // One connection for each address, open until one end closes it.
    private SocketsHttpHandler PrivateHandler(ForwarderHttpClientContext context)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        ConfigureHandler(context, handler);

        // A new connection would not be logged in: a request waits for an error instead.
        handler.ConnectCallback = null;
        handler.MaxConnectionsPerServer = 1;
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        return handler;
    }

    /// <summary>Sends a request over the private connection of its client, if there is one.</summary>
    private sealed class PrivateConnectionHandler(HttpMessageHandler inner, ConnectionLogins logins, Func<HttpMessageHandler> createPrivate) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            logins.HasAny && request.Options.TryGetValue(PrivateConnection.Option, out var connection)
                ? connection.ClientFor(this, createPrivate).SendAsync(request, cancellationToken)
                : base.SendAsync(request, cancellationToken);
    }
}
