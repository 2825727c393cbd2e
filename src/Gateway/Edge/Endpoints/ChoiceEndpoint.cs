using Gateway.Consent;
using Gateway.Edge.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary><c>POST {prefix}/choice</c>: accepts a choice as a form (responds with 303 to a page of the site) or as JSON (responds with 204).</summary>
internal sealed class ChoiceEndpoint(CookieSweep sweep, TimeProvider time) : IAsyncDisposable
{
    private readonly PostLimits _limits = new();

    public async Task AnswerAsync(HttpContext context, RequestState state)
    {
        if (await GatewayPost.TakeAsync(context, Refusal(context, state), () => ChoiceRequest.ReadAsync(context.Request, state.Site, time)) is not { } request)
            return;

        var site = state.Site;
        var decided = ConsentDecision.Decide(
            site.Rules, state.Consent.State, request.Choice, request.Granted, request.Objected, state.Now);
        foreach (var line in ConsentCookieLine.Decide(state, decided).Concat(sweep.AfterChoice(context, state, decided)))
            context.Response.Headers.Append("Set-Cookie", line);

        if (!request.IsForm)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = ReturnPath.Check(request.Return) ?? $"{site.Config.Prefix}/?saved";
    }

    public ValueTask DisposeAsync() => _limits.DisposeAsync();

    private (int Status, string Reason)? Refusal(HttpContext context, RequestState state)
    {
        if (GatewayPost.Refusal(context, state, _limits) is { } refusal)
            return refusal;
        if (!state.Site.IsEnforced)
            return (StatusCodes.Status409Conflict, "This site does not accept choices at the moment: it is not enforced.\n");
        return state.Site.Rules.HasChoice ? null : (StatusCodes.Status409Conflict, "This site has nothing to choose.\n");
    }
}
