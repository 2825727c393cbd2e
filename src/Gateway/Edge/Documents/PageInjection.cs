using System.Buffers;
using Gateway.Html;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Documents;

/// <summary>
/// Inserts the script line into a document. Decides at the first bytes, before any header is sent, and makes all header edits at once. A
/// page that cannot be extended safely passes unchanged, and is counted with the reason.
/// </summary>
/// <remarks>All or nothing: where a step fails, the page has its own bytes and its own headers.</remarks>
internal sealed class PageInjection(Telemetry telemetry, FilterFailures failures, RouteHints routes, FileMemory files, TimeProvider time)
{
    // They describe bytes that are not the ones sent.
    private static readonly string[] StaleHeaders = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", HeaderNames.AcceptRanges, "Use-As-Dictionary"];

    private readonly SpliceMemory _splices = new();

    /// <summary>Declares to caches which request headers decide about the line, also on pages without it.</summary>
    /// <returns>Whether that succeeded. If not, the page must not get the line.</returns>
    public bool Vary(HttpContext context, RequestState state)
    {
        try
        {
            CacheHeaders.VaryByDestination(context);
            return true;
        }
        catch (Exception error)
        {
            Failed(context, state, error);
            return false;
        }
    }

    /// <summary>
    /// Removes from the response to HEAD what the page that GET returns would not have. Whether the body is a document is not known, so what
    /// depends on it is not said (RFC 9110 9.3.2).
    /// </summary>
    public void ApplyHead(HttpContext context, RequestState state)
    {
        if (HtmlEligibility.PlanByHeaders(context.Request) is DocumentPlan.None || HtmlEligibility.ReasonAgainst(context.Response) is not null)
            return;

        var edits = new ResponseHeaderEdits(context.Response.Headers);
        try
        {
            var policies = PagePolicies.RoomIn(context, state);
            if (policies.Line is null || ContentCoding.Parse(edits[HeaderNames.ContentEncoding]) is ContentCoding.Other)
                return;
            edits.Remove(HeaderNames.ContentLength);
            edits.Remove(HeaderNames.ETag);
            RemoveStale(edits);
            policies.Apply(edits);
        }
        catch (Exception error)
        {
            edits.Restore();
            Failed(context, state, error);
        }
    }

    /// <returns>Whether the start of the body was awaited.</returns>
    public ValueTask<bool> ApplyAsync(HttpContext context, HttpResponseMessage proxied, RequestState state, CancellationToken cancellationToken)
    {
        if (state.Failure is not null)
        {
            Failed(context, state, state.Failure);
            return new(false);
        }

        try
        {
            if (context.Response.StatusCode == StatusCodes.Status304NotModified)
            {
                if (state.AskedForInjected)
                    EditUpdate(context, state);
                return new(false);
            }

            var reason = ReasonToPass(context, state);
            var policies = reason is null ? PagePolicies.RoomIn(context, state) : default;
            if (policies.Line is not null)
                return InjectAsync(context, proxied, state, policies, TermsOf(context, state), cancellationToken);
            telemetry.PagePassed(reason ?? "csp_blocked");
        }
        catch (Exception error)
        {
            Failed(context, state, error);
        }

        return new(false);
    }

    private async ValueTask<bool> InjectAsync(
        HttpContext context, HttpResponseMessage proxied, RequestState state, CspEdit policies, PeekTerms terms, CancellationToken cancellationToken)
    {
        // The body is a stream already: this call reads nothing.
        var body = proxied.Content.ReadAsStream(cancellationToken);
        using var peek = await HtmlPeek.StartAsync(body, terms, policies.Line!.Value, time, ArrayPool<byte>.Shared, cancellationToken);
        var edits = new ResponseHeaderEdits(context.Response.Headers);
        var coding = AcceptedCodings.ToSend(context.Request, terms.Coding);
        if (peek.IsLate && TryEditHead(context, state, policies, edits, peek: null, coding))
        {
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await peek.ContinueAsync(terms, time, ArrayPool<byte>.Shared, cancellationToken);
        }

        var isCommitted = false;
        if (peek.Error is not null)
            Failed(context, state, peek.Error);
        else if (ReasonToPass(context, peek, coding == terms.Coding) is { } reason)
            telemetry.PagePassed(reason);
        else if (context.Response.HasStarted || TryEditHead(context, state, policies, edits, peek, coding))
            isCommitted = Commit(context, state, edits, peek);
        if (peek.IsDecoded && terms is { Coding: ContentCoding.Gzip, IsUnrequested: false })
            routes.AskForPlain(state.Site, context.Request.Path.Value!);
        var sent = isCommitted && peek.IsDecoded && coding is not ContentCoding.Identity ? new CompressedStream(peek.Body, coding) : peek.Body;
        proxied.Content = new ReplacedContent(sent, proxied.Content);
        return true;
    }

    // A head that was sent names the coding of the backend.
    private static string? ReasonToPass(HttpContext context, HtmlPeek peek, bool keepsCoding) =>
        peek.Reason ?? (peek.IsLate || (peek.IsDecoded && !keepsCoding && context.Response.HasStarted) ? SkipReason.SlowPrologue : null);

    private bool Commit(HttpContext context, RequestState state, HeaderEdits edits, HtmlPeek peek)
    {
        try
        {
            telemetry.PageInjected();
            peek.Commit();
            return true;
        }
        catch (Exception error)
        {
            if (!context.Response.HasStarted)
                edits.Restore();
            Failed(context, state, error);
            return false;
        }
    }

    /// <param name="coding">Of a page that has to be decoded.</param>
    /// <param name="peek">Null where the body has not begun, so that it is not known whether the page gets the line. The head fits both.</param>
    private bool TryEditHead(HttpContext context, RequestState state, CspEdit policies, HeaderEdits edits, HtmlPeek? peek, ContentCoding coding)
    {
        try
        {
            Edit(edits, context, peek, coding);
            policies.Apply(edits);
            PageETags.Tag(edits, state.Variant);
            return true;
        }
        catch (Exception error)
        {
            edits.Restore();
            Failed(context, state, error);
            return false;
        }
    }

    private static void Edit(HeaderEdits edits, HttpContext context, HtmlPeek? peek, ContentCoding coding)
    {
        if (peek is null || peek.IsDecoded)
            edits.Remove(HeaderNames.ContentLength);
        if (peek is { IsDecoded: true })
            edits.Set(HeaderNames.ContentEncoding, coding switch { ContentCoding.Gzip => "gzip", ContentCoding.Brotli => "br", _ => default(StringValues) });
        if (peek is not null && context.Response.Headers.ContentLength is { } length)
            edits.Set(HeaderNames.ContentLength, HeaderUtilities.FormatNonNegativeInt64(length + peek.Added));

        RemoveStale(edits);

        // Tells the script not to reload this page, which would send the form again.
        if (HttpMethods.IsPost(context.Request.Method))
            edits.Append("Server-Timing", "gateway;desc=\"post\"");
    }

    // Browsers apply the headers of a 304 to the stored page, so it gets the edits of that page (tried).
    private static void EditUpdate(HttpContext context, RequestState state)
    {
        var edits = new ResponseHeaderEdits(context.Response.Headers);
        try
        {
            edits.Remove(HeaderNames.ContentEncoding);
            RemoveStale(edits);
            PagePolicies.RoomIn(context, state).Apply(edits);
            PageETags.TagUpdate(edits, state.Variant, context.Request.Headers.IfNoneMatch);
        }
        catch
        {
            edits.Restore();
            throw;
        }
    }

    private static void RemoveStale(HeaderEdits edits)
    {
        foreach (var name in StaleHeaders)
            edits.Remove(name);
    }

    private string? ReasonToPass(HttpContext context, RequestState state)
    {
        var response = context.Response;
        var reason = HtmlEligibility.ReasonAgainst(response) ?? (state.Route?.IsOff(state.Now) == true ? "fuse" : null);
        if (reason is not null && response.StatusCode == StatusCodes.Status200OK && !HtmlEligibility.IsHtml(response.Headers.ContentType))
            files.Remember(state.Site, context);
        return reason;
    }

    private PeekTerms TermsOf(HttpContext context, RequestState state)
    {
        var headers = context.Response.Headers;
        return new(
            state.Plan is DocumentPlan.Document && HtmlEligibility.IsAssembled(context.Request, context.Response) ? DocumentPlan.Frame : state.Plan,
            ContentCoding.Parse(headers.ContentEncoding),
            HtmlEligibility.NamesCharset(headers.ContentType),
            IsUnrequested: !AcceptedCodings.Takes(context.Request, "gzip"))
        {
            Memory = _splices,
        };
    }

    private void Failed(HttpContext context, RequestState state, Exception error)
    {
        failures.Report(state.Site, FilterPart.Page, error);
        routes.Failed(state.Site, context.Request.Path.Value!);
        if (state.Plan != DocumentPlan.None)
            telemetry.PagePassed(SkipReason.Error);
    }
}
