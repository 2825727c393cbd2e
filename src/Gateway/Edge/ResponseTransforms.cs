using Gateway.Html;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Edge;

/// <summary>What changes on the way back, in its order: cookies on every response, then caching, then the page.</summary>
internal sealed class ResponseTransforms(SetCookies cookies, PageInjection pages, ConnectionLogins logins, Failures failures)
{
    public async ValueTask ApplyAsync(ResponseTransformContext transform)
    {
        // No answer from the backend: the proxy says so itself.
        if (transform.ProxyResponse is not { } proxied || Visit.Of(transform.HttpContext) is not { } visit)
            return;

        var response = transform.HttpContext.Response;
        Framing.Correct(response);
        foreach (var name in Nominated.In(ConnectionOf(proxied)))
            response.Headers.Remove(name);
        logins.Apply(transform);
        Filter(transform.HttpContext, visit);
        if (!visit.Site.Observes)
        {
            CacheHeaders.VaryByDestination(transform.HttpContext);
            if (visit.Plan != DocumentPlan.None)
                await pages.ApplyAsync(transform, proxied, visit);
        }

        // The proxy sends headers with the first byte of the body; whoever opens a stream of events waits for them.
        if (response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
            await response.Body.FlushAsync(transform.CancellationToken);
    }

    private static StringValues ConnectionOf(HttpResponseMessage proxied) =>
        proxied.Headers.NonValidated.TryGetValues("Connection", out var lines) ? new StringValues([.. lines]) : default;

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
