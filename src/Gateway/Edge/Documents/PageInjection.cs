using System.Buffers;
using Gateway.Edge.Proxy;
using Gateway.Html;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Documents;

/// <summary>
/// Writes the script line into a document. The decision falls at the first bytes, before any header is sent, and all header edits are
/// made here, once; a page that cannot be extended safely passes as it is and is counted with the reason.
/// </summary>
/// <remarks>All or nothing: where something of it fails, the page has its own bytes and its own headers.</remarks>
internal sealed class PageInjection(Telemetry telemetry, FilterFailures failures, RouteHints routes, FileMemory files, TimeProvider time)
{
    // They speak of bytes that are no longer the ones sent.
    private static readonly string[] StaleHeaders = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Accept-Ranges", "Use-As-Dictionary"];

    // All that is edited here but Vary, which a page without our line has as well.
    private static readonly string[] EditedHeaders =
        [.. StaleHeaders, "Content-Length", "Content-Encoding", "Content-Security-Policy", "Content-Security-Policy-Report-Only", "ETag", "Server-Timing"];

    /// <summary>Tells caches by what the page was decided, whatever becomes of it.</summary>
    /// <returns>Whether that was possible: else nothing may be written into it.</returns>
    public bool Vary(HttpContext context, HttpResponseMessage proxied, RequestState visit)
    {
        try
        {
            CacheHeaders.VaryByDestination(context);
            return true;
        }
        catch (Exception error)
        {
            Restore(context, proxied, ["Vary"]);
            Failed(context, visit, error);
            return false;
        }
    }

    public ValueTask ApplyAsync(HttpContext context, HttpResponseMessage proxied, RequestState visit, CancellationToken cancellationToken)
    {
        if (visit.Failure is not null)
        {
            Failed(context, visit, visit.Failure);
            return ValueTask.CompletedTask;
        }

        try
        {
            if (context.Response.StatusCode == StatusCodes.Status304NotModified)
            {
                if (visit.AskedForInjected)
                    EditUpdate(context, visit);
                return ValueTask.CompletedTask;
            }

            var reason = ReasonToPass(context, visit);
            var page = reason is null ? PageOf(context, visit) : default;
            if (page.Room.Line is not null)
                return PeekAsync(page, proxied, cancellationToken);
            telemetry.PagePassed(reason ?? "csp_blocked");
        }
        catch (Exception error)
        {
            Restore(context, proxied, EditedHeaders);
            Failed(context, visit, error);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask PeekAsync(Page page, HttpResponseMessage proxied, CancellationToken cancellationToken)
    {
        // The body is a stream already: nothing is read here.
        var body = proxied.Content.ReadAsStream(cancellationToken);
        var peek = await HtmlPeek.PeekAsync(
            body, page.Coding, page.Terms, page.State.Plan, page.Room.Line!.Value, time, ArrayPool<byte>.Shared,
            page, static (page, added) => page.Injection.Edit(page, added), cancellationToken);
        if (peek.Error is not null)
        {
            Restore(page.Context, proxied, EditedHeaders);
            Failed(page.Context, page.State, peek.Error);
        }
        else if (!peek.Injected)
        {
            telemetry.PagePassed(peek.Reason!);
        }

        proxied.Content = new PeekedContent(peek.Body, proxied.Content);
    }

    private string? ReasonToPass(HttpContext context, RequestState visit)
    {
        var response = context.Response;
        var reason = HtmlEligibility.ReasonAgainst(response) ?? (visit.Route?.IsOff(visit.Now) == true ? "fuse" : null);
        if (reason is not null && response.StatusCode == StatusCodes.Status200OK && !HtmlEligibility.IsHtml(response.Headers.ContentType))
            files.Remember(visit.Site, context);
        return reason;
    }

    private Page PageOf(HttpContext context, RequestState visit)
    {
        var headers = context.Response.Headers;
        var terms = new PeekTerms(HtmlEligibility.NamesCharset(headers.ContentType), IsUninvited: !AcceptedCodings.Takes(context.Request, "gzip"));
        return new(this, context, visit, PagePolicies.RoomIn(context, visit.Site), ContentCoding.Parse(headers.ContentEncoding), terms);
    }

    /// <summary>Edits the headers of a page into which the line is about to be put.</summary>
    /// <param name="added">By how many bytes that makes it longer; null where it is decoded.</param>
    private void Edit(in Page page, int? added)
    {
        var (_, context, visit, room, coding, terms) = page;
        var headers = context.Response.Headers;
        if (added is null)
        {
            headers.ContentLength = null;
            headers.Remove("Content-Encoding");
            if (coding is ContentCoding.Gzip && !terms.IsUninvited)
                routes.AskForPlain(visit.Site, context.Request.Path.Value!);
        }
        else if (headers.ContentLength is { } length)
        {
            headers.ContentLength = length + added;
        }

        RemoveStale(headers);

        // The script may not load such a page again: that would send the form once more.
        if (HttpMethods.IsPost(context.Request.Method))
            headers.Append("Server-Timing", "gateway;desc=\"post\"");
        room.Apply(headers);
        PageETags.Tag(headers, visit.Site.Script.Hash);
        telemetry.PageInjected();
    }

    // Browsers put the headers of a 304 on the page they keep, so it gets the edits of that page (tried).
    private static void EditUpdate(HttpContext context, RequestState visit)
    {
        var headers = context.Response.Headers;
        headers.Remove("Content-Encoding");
        RemoveStale(headers);
        PagePolicies.RoomIn(context, visit.Site).Apply(headers);
        PageETags.TagUpdate(headers, visit.Site.Script.Hash, context.Request.Headers.IfNoneMatch.ToString());
    }

    private static void RemoveStale(IHeaderDictionary headers)
    {
        foreach (var name in StaleHeaders)
            headers.Remove(name);
    }

    private static void Restore(HttpContext context, HttpResponseMessage proxied, IEnumerable<string> names)
    {
        foreach (var name in names.Except(HopByHopHeaders.In(proxied), StringComparer.OrdinalIgnoreCase))
        {
            if (proxied.Headers.NonValidated.TryGetValues(name, out var lines) || proxied.Content.Headers.NonValidated.TryGetValues(name, out lines))
                context.Response.Headers[name] = new StringValues([.. lines]);
            else
                context.Response.Headers.Remove(name);
        }
    }

    private void Failed(HttpContext context, RequestState visit, Exception error)
    {
        failures.Report(visit.Site, FilterPart.Page, error);
        routes.Failed(visit.Site, context.Request.Path.Value!);
        if (visit.Plan != DocumentPlan.None)
            telemetry.PagePassed(SkipReason.Error);
    }

    /// <summary>A page that may get the line, with all that the headers say of it.</summary>
    private readonly record struct Page(PageInjection Injection, HttpContext Context, RequestState State, CspEdit Room, ContentCoding Coding, PeekTerms Terms);
}
