using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;

namespace Gateway.Edge.Proxy;

/// <summary>Edits the response, in this order: cookies, cache headers, the page.</summary>
internal sealed class ResponseTransforms(SetCookies cookies, PageInjection pages, ConnectionLogins logins, FilterFailures failures)
{
    /// <param name="proxied">The response of the backend. YARP has copied its headers to the client's response.</param>
    public ValueTask ApplyAsync(HttpContext context, HttpResponseMessage proxied, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(context)!;
        var response = context.Response;
        ResponseHeaderRepair.Correct(response);
        foreach (var name in HopByHopHeaders.In(proxied))
            response.Headers.Remove(name);
        logins.Apply(context);
        Filter(context, proxied, state);
        if (!state.Site.IsOff && pages.Vary(context, state) && (state.Plan != DocumentPlan.None || state.Failure is not null))
            return pages.ApplyAsync(context, proxied, state, cancellationToken);

        // YARP sends the headers with the first byte of the body, but the client of an event stream waits for them.
        return response.ContentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true
            ? new(response.Body.FlushAsync(cancellationToken))
            : ValueTask.CompletedTask;
    }

    private void Filter(HttpContext context, HttpResponseMessage proxied, RequestState state)
    {
        try
        {
            cookies.Apply(context, proxied.Headers.NonValidated, state);
        }
        catch (Exception error)
        {
            context.Response.Headers.Remove("Set-Cookie");
            CacheHeaders.MakePrivate(context.Response.Headers, proxied.Headers.NonValidated);
            failures.Report(state.Site, FilterPart.ResponseCookies, error);
        }
    }
}
