using System.Buffers;
using Gateway.Html;

namespace Gateway.Edge;

/// <summary>
/// Writes the script line into a document. The decision falls at the first bytes, before any header is sent, and all header edits are
/// made here, once; a page that cannot be extended safely passes as it is and is counted with the reason.
/// </summary>
internal sealed class PageInjection(Telemetry telemetry, Failures failures, RouteMemory routes, FileMemory files, TimeProvider time)
{
    // They speak of bytes that are no longer the ones sent.
    private static readonly string[] StaleHeaders = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Accept-Ranges", "Use-As-Dictionary"];

    public ValueTask ApplyAsync(HttpContext context, HttpResponseMessage proxied, Visit visit, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (response.StatusCode == StatusCodes.Status304NotModified)
        {
            if (visit.AskedForInjected)
                EditUpdate(context, visit);
            return ValueTask.CompletedTask;
        }

        if ((HtmlEligibility.ReasonAgainst(response) ?? (visit.Route?.IsOff(visit.Now) == true ? "fuse" : null)) is { } reason)
        {
            if (response.StatusCode == StatusCodes.Status200OK && !HtmlEligibility.IsHtml(response.Headers.ContentType))
                files.Remember(visit.Site, context);
            telemetry.PagePassed(reason);
            return ValueTask.CompletedTask;
        }

        return PeekAsync(context, proxied, visit, cancellationToken);
    }

    private async ValueTask PeekAsync(HttpContext context, HttpResponseMessage proxied, Visit visit, CancellationToken cancellationToken)
    {
        var headers = context.Response.Headers;
        var room = RoomOn(context, visit, out var failure);
        if (room.Line is not { } line)
        {
            telemetry.PagePassed(failure ?? "csp_blocked");
            return;
        }

        var coding = ContentCoding.Parse(headers.ContentEncoding);
        var terms = new PeekTerms(HtmlEligibility.NamesCharset(headers.ContentType), IsUninvited: !AcceptedCodings.Takes(context.Request, "gzip"));
        // The body is a stream already: nothing is read here.
        var body = proxied.Content.ReadAsStream(cancellationToken);
        var peek = await HtmlPeek.PeekAsync(
            body, coding, terms, visit.Plan, line, time, ArrayPool<byte>.Shared, cancellationToken);
        proxied.Content = new PeekedContent(peek.Body, proxied.Content);
        if (peek.Error is not null)
            Failed(context, visit, peek.Error);
        if (!peek.Injected)
        {
            telemetry.PagePassed(peek.Reason!);
            return;
        }

        if (peek.Decoded && coding is ContentCoding.Gzip && !terms.IsUninvited)
            routes.AskForPlain(visit.Site, context.Request.Path.Value!);
        telemetry.PageInjected();
        EditHeaders(context, peek);
        room.Apply(headers);
        Validators.Tag(headers, visit.Site.Script.Hash);
    }

    /// <summary>Room for the line, or no line; a page at whose policies we fail passes as it is.</summary>
    private PageRoom RoomOn(HttpContext context, Visit visit, out string? failure)
    {
        failure = null;
        try
        {
            return PagePolicies.RoomIn(context, visit.Site);
        }
        catch (Exception error)
        {
            Failed(context, visit, error);
            failure = SkipReason.Error;
            return default;
        }
    }

    private void Failed(HttpContext context, Visit visit, Exception error)
    {
        failures.Report(visit.Site, FilterPart.Page, error);
        routes.Failed(visit.Site, context.Request.Path.Value!);
    }

    // Browsers put the headers of a 304 on the page they keep, so it gets the edits of that page (tried).
    private void EditUpdate(HttpContext context, Visit visit)
    {
        var headers = context.Response.Headers;
        headers.Remove("Content-Encoding");
        RemoveStale(headers);
        RoomOn(context, visit, out _).Apply(headers);
        Validators.TagUpdate(headers, visit.Site.Script.Hash, context.Request.Headers.IfNoneMatch.ToString());
    }

    private static void RemoveStale(IHeaderDictionary headers)
    {
        foreach (var name in StaleHeaders)
            headers.Remove(name);
    }

    private static void EditHeaders(HttpContext context, PeekOutcome peek)
    {
        var headers = context.Response.Headers;
        if (peek.Decoded)
        {
            headers.ContentLength = null;
            headers.Remove("Content-Encoding");
        }
        else if (headers.ContentLength is { } length)
        {
            headers.ContentLength = length + peek.Added;
        }

        RemoveStale(headers);

        // The script may not load such a page again: that would send the form once more.
        if (HttpMethods.IsPost(context.Request.Method))
            headers.Append("Server-Timing", "gateway;desc=\"post\"");
    }
}
