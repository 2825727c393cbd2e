using Gateway.Consent;
using Gateway.Edge.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary><c>POST {prefix}/choice</c>: takes a form (answers 303 back to the site) or JSON (answers 204).</summary>
internal sealed class ChoiceEndpoint : IAsyncDisposable
{
    private readonly PostLimits _limits = new();

    public async Task AnswerAsync(HttpContext context, RequestState visit)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Refusal(context, visit) is { } refusal)
        {
            await GatewayPost.RefuseAsync(context, refusal.Status, refusal.Reason);
            return;
        }

        var (request, status, reason) = await ChoiceRequest.ReadAsync(context.Request, visit.Site);
        if (request is null)
        {
            await GatewayPost.RefuseAsync(context, status, reason);
            return;
        }

        var site = visit.Site;
        var decided = ConsentDecision.Decide(
            site.Rules, visit.Consent.State, request.Choice, request.Granted, request.Objected, visit.Now);
        foreach (var line in ConsentCookieLine.Decide(site, decided, visit.IsSecure).Concat(CookieSweep.AfterChoice(context, visit, decided)))
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

    private (int Status, string Reason)? Refusal(HttpContext context, RequestState visit)
    {
        if (GatewayPost.Refusal(context, visit, _limits) is { } refusal)
            return refusal;
        if (visit.Site.Observes)
            return (StatusCodes.Status409Conflict, "No choice is taken here at the moment: this site is only being observed.\n");
        return visit.Site.Rules.HasChoice ? null : (StatusCodes.Status409Conflict, "Nothing on this site needs a choice.\n");
    }
}
