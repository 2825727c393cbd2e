using Gateway.Html;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Edge;

/// <summary>
/// Writes the script line into a document. The decision falls at the first bytes, before any header is sent, and all header edits are
/// made here, once; a page that cannot be extended safely passes as it is and is counted with the reason.
/// </summary>
internal sealed class PageInjection(Telemetry telemetry, TimeProvider time)
{
    // They speak of bytes that are no longer the ones sent.
    private static readonly string[] StaleHeaders = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Accept-Ranges", "Use-As-Dictionary"];

    public async Task ApplyAsync(ResponseTransformContext transform, HttpResponseMessage proxied, Visit visit)
    {
        var response = transform.HttpContext.Response;
        var script = visit.Site.Script;
        if (response.StatusCode == StatusCodes.Status304NotModified)
        {
            if (visit.AskedForInjected)
                EditUpdate(response.Headers, script.Hash);
            return;
        }

        if (HtmlEligibility.ReasonAgainst(response) is { } reason)
        {
            telemetry.PagePassed(reason);
            return;
        }

        var coding = ContentCoding.Parse(response.Headers.ContentEncoding);
        var body = await proxied.Content.ReadAsStreamAsync(transform.CancellationToken);
        var peek = await HtmlPeek.PeekAsync(body, coding, visit.Plan, script.Line, time, transform.CancellationToken);
        proxied.Content = new PeekedContent(peek.Body, proxied.Content);
        if (!peek.Injected)
        {
            telemetry.PagePassed(peek.Reason!);
            return;
        }

        telemetry.PageInjected();
        EditHeaders(transform.HttpContext, script.Line.Length, peek.Decoded);
        Validators.Tag(response.Headers, script.Hash);
    }

    // Browsers put the headers of a 304 on the page they keep, so it gets the edits of that page (tried).
    private static void EditUpdate(IHeaderDictionary headers, string hash)
    {
        headers.Remove("Content-Encoding");
        RemoveStale(headers);
        Validators.Tag(headers, hash);
    }

    private static void RemoveStale(IHeaderDictionary headers)
    {
        foreach (var name in StaleHeaders)
            headers.Remove(name);
    }

    private static void EditHeaders(HttpContext context, int added, bool isDecoded)
    {
        var headers = context.Response.Headers;
        if (isDecoded)
        {
            headers.ContentLength = null;
            headers.Remove("Content-Encoding");
        }
        else if (headers.ContentLength is { } length)
        {
            headers.ContentLength = length + added;
        }

        RemoveStale(headers);

        // The script may not load such a page again: that would send the form once more.
        if (HttpMethods.IsPost(context.Request.Method))
            headers.Append("Server-Timing", "gateway;desc=\"post\"");
    }
}
