using Gateway.Consent;

namespace Gateway.Edge;

/// <summary><c>POST {prefix}/choice</c>: takes a form (answers 303 back to the site) or JSON (answers 204).</summary>
internal sealed class ChoiceEndpoint(ChoiceLimits limits)
{
    public async Task AnswerAsync(HttpContext context, Visit visit)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Refusal(context, visit) is { } refusal)
        {
            await RefuseAsync(context, refusal.Status, refusal.Reason);
            return;
        }

        var (request, status, reason) = await ChoiceRequest.ReadAsync(context.Request, visit.Site);
        if (request is null)
        {
            await RefuseAsync(context, status, reason);
            return;
        }

        var site = visit.Site;
        var decided = ConsentDecision.Decide(
            site.Rules, visit.Consent.State, request.Choice, request.Granted, request.Objected, visit.Now);
        foreach (var line in OwnCookieLine.Decide(site, decided, visit.IsSecure).Concat(CookieSweep.AfterChoice(context, visit, decided)))
            context.Response.Headers.Append("Set-Cookie", line);

        if (!request.IsForm)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = ReturnPath.Check(request.Return) ?? $"{site.Config.Prefix}/?saved";
    }

    private (int Status, string Reason)? Refusal(HttpContext context, Visit visit)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "A choice is made by POST.\n");
        if (!SameOrigin.Holds(context.Request, visit.Site))
            return (StatusCodes.Status403Forbidden, "A choice can only be made on a page of this site.\n");
        if (!limits.Take(visit.Client))
            return (StatusCodes.Status429TooManyRequests, "Too many choices from this address: try again in a minute.\n");
        if (visit.Site.Observes)
            return (StatusCodes.Status409Conflict, "No choice is taken here at the moment: this site is only being observed.\n");
        return visit.Site.Rules.HasChoice ? null : (StatusCodes.Status409Conflict, "Nothing on this site needs a choice.\n");
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "POST";
        if (status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = "60";
        return response.WriteAsync(reason);
    }
}
