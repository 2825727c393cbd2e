using Gateway.Edge.Cookies;
using Gateway.Sites;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// <c>POST {prefix}/policy-reports</c>: receives the reports of browsers about the third parties of pages (<see cref="ThirdPartyMode.Observe"/>).
/// Responds with 204, also to a report that says nothing about a host.
/// </summary>
internal sealed class PolicyReportEndpoint(HostSightings sightings, TimeProvider time) : IAsyncDisposable
{
    private readonly PostLimits _limits = new();

    public async Task AnswerAsync(HttpContext context, RequestState state)
    {
        if (await GatewayPost.TakeAsync(context, Refusal(context, state), () => GatewayPost.ReadAsync(context.Request, PolicyReport.LongestBody, time)) is not { } body)
            return;

        var authority = RequestHost.SeenByVisitor(context.Request, state.Site);
        var parties = state.Site.ThirdParties;
        if (PolicyReport.Read(body, page => parties.IsOwn(page, authority)) is { } report && !parties.IsOwn(report.Origin, authority))
            sightings.Add(state.Site, report.Origin, report.Use, parties.Find(report.Origin, report.Use), state.Client);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public ValueTask DisposeAsync() => _limits.DisposeAsync();

    private (int Status, string Reason)? Refusal(HttpContext context, RequestState state)
    {
        if (GatewayPost.Refusal(context, state, _limits) is { } refusal)
            return refusal;
        if (state.Site.ThirdParties.Mode != ThirdPartyMode.Observe)
            return (StatusCodes.Status409Conflict, "This site does not accept reports: its third parties are not observed.\n");
        return MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.Equals("application/csp-report", StringComparison.OrdinalIgnoreCase)
            ? null
            : (StatusCodes.Status415UnsupportedMediaType, "The content type must be application/csp-report.\n");
    }
}
