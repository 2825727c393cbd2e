using Gateway.Html;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Edge;

/// <summary>What changes on the way back, in its order: cookies on every response, then caching, then the page.</summary>
internal sealed class ResponseTransforms(SetCookies cookies, PageInjection pages)
{
    public async ValueTask ApplyAsync(ResponseTransformContext transform)
    {
        // No answer from the backend: the proxy says so itself.
        if (transform.ProxyResponse is not { } proxied || Visit.Of(transform.HttpContext) is not { } visit)
            return;

        Framing.Correct(transform.HttpContext.Response);
        cookies.Apply(transform.HttpContext, visit);
        if (visit.Site.Observes)
            return;

        CacheHeaders.VaryByDestination(transform.HttpContext);
        if (visit.Plan != DocumentPlan.None)
            await pages.ApplyAsync(transform, proxied, visit);
    }
}
