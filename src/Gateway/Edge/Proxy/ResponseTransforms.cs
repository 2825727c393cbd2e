using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;

namespace Gateway.Edge.Proxy;

/// <summary>What changes on the way back, in its order: cookies on every response, then caching, then the page.</summary>
internal sealed class ResponseTransforms(SetCookies cookies, PageInjection pages, ConnectionLogins logins, FilterFailures failures)
{
    /// <param name="proxied">The backend's answer; its headers are the response's by now.</param>
    public ValueTask ApplyAsync(HttpContext context, HttpResponseMessage proxied, CancellationToken cancellationToken)
    {
        var visit = RequestState.Of(context)!;
        var response = context.Response;
        ResponseHeaderRepair.Correct(response);
        foreach (var name in HopByHopHeaders.In(proxied))
            response.Headers.Remove(name);
        logins.Apply(context);
        Filter(context, proxied, visit);
        if (!visit.Site.IsOff && pages.Vary(context, proxied, visit) && (visit.Plan != DocumentPlan.None || visit.Failure is not null))
            return pages.ApplyAsync(context, proxied, visit, cancellationToken);

        // The proxy sends headers with the first byte of the body; whoever opens a stream of events waits for them.
        return response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true
            ? new(response.Body.FlushAsync(cancellationToken))
            : ValueTask.CompletedTask;
    }

    private void Filter(HttpContext context, HttpResponseMessage proxied, RequestState visit)
    {
        try
        {
            cookies.Apply(context, proxied.Headers.NonValidated, visit);
        }
        catch (Exception error)
        {
            context.Response.Headers.Remove("Set-Cookie");
            CacheHeaders.MakePrivate(context.Response.Headers, proxied.Headers.NonValidated);
            failures.Report(visit.Site, FilterPart.ResponseCookies, error);
        }
    }
}
