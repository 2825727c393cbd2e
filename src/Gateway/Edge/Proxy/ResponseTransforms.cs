using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Proxy;

/// <summary>Edits the response, in this order: cookies, cache headers, the page.</summary>
internal sealed class ResponseTransforms(
    SetCookies cookies, ThirdPartyHeaders parties, PageInjection pages, ConnectionLogins logins, FilterFailures failures)
{
    /// <param name="proxied">The response of the backend. YARP has copied its headers to the client's response.</param>
    public async ValueTask ApplyAsync(HttpContext context, HttpResponseMessage proxied, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(context)!;
        var response = context.Response;
        ResponseHeaderRepair.Correct(response);
        foreach (var name in HopByHopHeaders.In(proxied))
            state.HasLostCookie |= response.Headers.Remove(name) && name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);
        if (state.HasLostCookie)
            CacheHeaders.MakePrivate(response.Headers, proxied.Headers.NonValidated);
        logins.Apply(context);
        Filter(context, proxied, state);
        Restrict(context, proxied, state);
        if (!state.IsLeftAlone && HttpMethods.IsHead(context.Request.Method))
            pages.ApplyHead(context, state);
        var mayBePage = !state.IsLeftAlone && pages.Vary(context, state) && (state.Plan != DocumentPlan.None || state.Failure is not null);
        if (!mayBePage || !await pages.ApplyAsync(context, proxied, state, cancellationToken))
            await SendHeadAsync(context, proxied, cancellationToken);
    }

    // YARP sends the head with the first byte of the body. Where that byte is late, the head goes first: fetch() resolves, and a download appears.
    private static async ValueTask SendHeadAsync(HttpContext context, HttpResponseMessage proxied, CancellationToken cancellationToken)
    {
        if (context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols)
            return;

        // An empty read waits for data and takes none.
        Task first = proxied.Content.ReadAsStream(cancellationToken).ReadAsync(Memory<byte>.Empty, cancellationToken).AsTask();
        if (!first.IsCompleted)
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // YARP reports the error of its own read.
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Restrict(HttpContext context, HttpResponseMessage proxied, RequestState state)
    {
        try
        {
            parties.Apply(context, proxied, state);
        }
        catch (Exception error)
        {
            // The strictest policy, which nobody else may get.
            context.Response.Headers.Append(HeaderNames.ContentSecurityPolicy, state.Site.ThirdParties.Fixed);
            CacheHeaders.MakePrivate(context.Response.Headers, proxied.Headers.NonValidated);
            failures.Report(state.Site, FilterPart.ThirdParties, error);
        }
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
