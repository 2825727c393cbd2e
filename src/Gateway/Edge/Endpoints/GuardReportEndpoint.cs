using Gateway.Cookies;
using Gateway.Edge.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// <c>POST {prefix}/refused</c>: takes the names that the guard of a page refused, or in observe would have, and failures of the script;
/// answers 204.
/// </summary>
internal sealed class GuardReportEndpoint(RefusalLog refusals, Telemetry telemetry) : IAsyncDisposable
{
    private readonly PostLimits _limits = new();

    public async Task AnswerAsync(HttpContext context, RequestState visit)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (GatewayPost.Refusal(context, visit, _limits) is { } refusal)
        {
            await GatewayPost.RefuseAsync(context, refusal.Status, refusal.Reason);
            return;
        }

        var (report, status, reason) = await GuardReport.ReadAsync(context.Request);
        if (report is null)
        {
            await GatewayPost.RefuseAsync(context, status, reason);
            return;
        }

        foreach (var (kind, name) in report.Names)
            Note(visit, kind, name);
        foreach (var part in report.FailedParts)
        {
            telemetry.ScriptFailed(part);
            refusals.ScriptFailed(visit.Site, part);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public ValueTask DisposeAsync() => _limits.DisposeAsync();

    // The page is not taken at its word: what the table lists and the visitor grants cannot have been refused.
    private void Note(RequestState visit, EntryKind kind, string name)
    {
        var row = visit.Site.TableOf(kind).Find(name);
        if (row is not null && visit.Consent.State.Grants.Allows(row.Entry))
            return;

        telemetry.ScriptRefused(kind);
        refusals.InScript(visit.Site, kind, name, isListed: row is not null);
    }
}
