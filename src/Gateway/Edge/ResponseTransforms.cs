using Gateway.Html;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Edge;

/// <summary>What changes on the way back, in its order: cookies on every response, then caching, then the page.</summary>
internal sealed class ResponseTransforms(SetCookies cookies, PageInjection pages, Failures failures)
{
    public async ValueTask ApplyAsync(ResponseTransformContext transform)
    {
        // No answer from the backend: the proxy says so itself.
        if (transform.ProxyResponse is not { } proxied || Visit.Of(transform.HttpContext) is not { } visit)
            return;

        Framing.Correct(transform.HttpContext.Response);
        Filter(transform.HttpContext, visit);
        if (visit.Site.Observes)
            return;

        CacheHeaders.VaryByDestination(transform.HttpContext);
        if (visit.Plan != DocumentPlan.None)
            await pages.ApplyAsync(transform, proxied, visit);
    }

    private void Filter(HttpContext context, Visit visit)
    {
        try
        {
            cookies.Apply(context, visit);
        }
        catch (Exception error)
        {
            context.Response.Headers.Remove("Set-Cookie");
            CacheHeaders.MakePrivate(context.Response.Headers);
            failures.Report(visit.Site, FilterPart.ResponseCookies, error);
        }
    }
}
