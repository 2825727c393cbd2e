using System.Globalization;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge;

/// <summary>The clients that ask the backends.</summary>
internal sealed class BackendClientFactory : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);

        // The framework's tracing headers are no business of the backend's.
        handler.ActivityHeadersPropagator = null;
#pragma warning disable CA2262 // 256 kB is meant.
        handler.MaxResponseHeadersLength = 256;
#pragma warning restore CA2262
        if (context.NewMetadata?.TryGetValue(ProxyClusters.ConnectTimeout, out var seconds) == true)
            handler.ConnectTimeout = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new Cleaning(base.WrapHandler(context, handler));

    private sealed class Cleaning(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Framing.Clean(response.Headers);
            Framing.Clean(response.Content.Headers);
            return response;
        }
    }
}
