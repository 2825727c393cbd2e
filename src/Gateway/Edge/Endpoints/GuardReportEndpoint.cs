using Gateway.Cookies;
using Gateway.Edge.Cookies;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// <c>POST {prefix}/refused</c>: receives the names that the guard in a page kept scripts from writing, or would if the site were enforced, and
/// the parts of the gateway's script that failed. Responds with 204.
/// </summary>
internal sealed class GuardReportEndpoint(Sightings sightings, WrittenNames written, FilterFailures failures, Telemetry telemetry, TimeProvider time) : IAsyncDisposable
{
    private readonly PostLimits _limits = new();

    public async Task AnswerAsync(HttpContext context, RequestState state)
    {
        if (await GatewayPost.TakeAsync(context, GatewayPost.Refusal(context, state, _limits), () => GuardReport.ReadAsync(context.Request, time)) is not { } report)
            return;

        var page = HostAndPort.IsRefererOf(context.Request) ? new Uri(context.Request.Headers.Referer!).AbsolutePath : null;
        foreach (var (kind, name) in report.Names)
            Add(state, kind, name, page);
        foreach (var part in report.FailedParts)
            failures.ReportScript(state.Site, part);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public ValueTask DisposeAsync() => _limits.DisposeAsync();

    // A report is not trusted: what the table lists and the visitor grants cannot have been blocked.
    private void Add(RequestState state, EntryKind kind, string name, string? page)
    {
        var row = state.Site.TableOf(kind).Find(name);
        if (row is not null && state.Consent.State.Grants.Allows(row.Entry))
            return;

        if (row is null && kind == EntryKind.Cookie)
            written.AddReported(state, name);
        telemetry.ScriptRefused(kind);
        sightings.Add(state.Site, kind, name, row, state.Client, page);
    }
}
