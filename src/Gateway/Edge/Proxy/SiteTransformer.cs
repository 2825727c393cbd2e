using System.Diagnostics.CodeAnalysis;
using Gateway.Html;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Edge.Proxy;

/// <summary>
/// Applies the gateway's transforms to requests and responses. It replaces YARP's list of transforms, which allocates a context for each
/// direction of every request.
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
        long? length = null;
        if (proxyResponse is not null)
        {
            var cookies = CookieLines(proxyResponse);
            ResponseHeaderRepair.Clean(proxyResponse.Headers);
            RequestState.Of(httpContext)!.HasLostCookie = CookieLines(proxyResponse) < cookies;
            length = ResponseHeaderRepair.Clean(proxyResponse.Content.Headers);
        }

        var copiesBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (length is { } end && proxyResponse!.Content.ReadAsStream(cancellationToken) is { } body && MayHaveBody(httpContext))
            proxyResponse.Content = new ReplacedContent(new BoundedStream(body, end), proxyResponse.Content);

        // Last, so that nothing adds a cookie after it. Trailers have no cookies: HttpClient rejects Set-Cookie there (RFC 9110 6.5.1).
        if (proxyResponse is not null)
            await responses.ApplyAsync(httpContext, proxyResponse, cancellationToken);

        // Some servers send a body with a 205, which Kestrel does not send.
        return copiesBody && httpContext.Response.StatusCode != StatusCodes.Status205ResetContent;
    }

    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        ResponseHeaderRepair.Clean(proxyResponse.TrailingHeaders);
        return base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
    }

    private static bool MayHaveBody(HttpContext context) =>
        !HttpMethods.IsHead(context.Request.Method) && context.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);

    private static int CookieLines(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines) ? lines.Count : 0;

    /// <summary>Returns the same transformer for every route. The gateway's routes have no transforms of their own.</summary>
    internal sealed class Builder(SiteTransformer transformer) : ITransformBuilder
    {
        public IReadOnlyList<Exception> ValidateRoute(RouteConfig route) => [];

        public IReadOnlyList<Exception> ValidateCluster(ClusterConfig cluster) => [];

        public HttpTransformer Build(RouteConfig route, ClusterConfig? cluster) => transformer;

        [SuppressMessage("Design", "CA1065", Justification = "Only direct forwarding calls it.")]
        public HttpTransformer Create(Action<TransformBuilderContext> action) => transformer;
    }
}
