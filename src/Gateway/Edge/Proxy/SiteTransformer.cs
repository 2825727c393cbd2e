using System.Diagnostics.CodeAnalysis;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Edge.Proxy;

/// <summary>
/// What changes on the way to the backend and back. One for all routes, in place of YARP's list of transforms: every request goes
/// through it, and a list costs a context of its own for each direction.
/// </summary>
internal sealed class SiteTransformer(RequestTransforms requests, ResponseTransforms responses) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        requests.Apply(httpContext, proxyRequest, destinationPrefix);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
        {
            ResponseHeaderRepair.Clean(proxyResponse.Headers);
            ResponseHeaderRepair.Clean(proxyResponse.Content.Headers);
        }

        var copiesBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);

        // Last: nothing may add a cookie after it. In trailers there is none: HttpClient refuses it there (RFC 9110 6.5.1).
        if (proxyResponse is not null)
            await responses.ApplyAsync(httpContext, proxyResponse, cancellationToken);

        // A body that some servers send with a 205 all the same, Kestrel would not send.
        return copiesBody && httpContext.Response.StatusCode != StatusCodes.Status205ResetContent;
    }

    /// <summary>Gives every route the same one; the routes are ours and name no transforms.</summary>
    internal sealed class Builder(SiteTransformer transformer) : ITransformBuilder
    {
        public IReadOnlyList<Exception> ValidateRoute(RouteConfig route) => [];

        public IReadOnlyList<Exception> ValidateCluster(ClusterConfig cluster) => [];

        public HttpTransformer Build(RouteConfig route, ClusterConfig? cluster) => transformer;

        [SuppressMessage("Design", "CA1065", Justification = "Only direct forwarding asks for it.")]
        public HttpTransformer Create(Action<TransformBuilderContext> action) => transformer;
    }
}
