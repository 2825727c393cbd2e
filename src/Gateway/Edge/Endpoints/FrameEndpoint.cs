using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Sites;

namespace Gateway.Edge.Endpoints;

/// <summary>A frame of a third party that the table lists.</summary>
/// <param name="Url">The URL as it was requested.</param>
/// <param name="Entry">The entry that lists its host for frames.</param>
internal sealed record ListedFrame(string Url, CookieEntry Entry);

/// <summary>
/// <c>GET {prefix}/frame?url=…[&amp;isolated]</c>: the document that the script of the gateway puts into a frame whose third party the policy of the page
/// refuses. Only this document may load the third party, and only while the visitor allows it.
/// </summary>
internal static class FrameEndpoint
{
    // Escaped, so that it fits into the path to which the form of the placeholder returns.
    private const int LongestUrl = 1900;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'self'";

    /// <summary>The requested frame; null unless it is of a third party that the table lists for frames.</summary>
    public static ListedFrame? Find(HttpRequest request, RequestState state)
    {
        var parties = state.Site.ThirdParties;
        return parties.Mode == ThirdPartyMode.Enforce && request.Query["url"] is [{ Length: <= LongestUrl } text]
            && Uri.EscapeDataString(text).Length <= LongestUrl && UrlOf(text) is { } url
            && !parties.IsOwn(url, RequestHost.SeenByVisitor(request, state.Site)) && parties.Find(url, HostUse.Frame) is { } entry
                ? new(text, entry)
                : null;
    }

    public static Task AnswerAsync(HttpContext context, RequestState state, ListedFrame frame, string language)
    {
        var (notice, entry) = (state.Site.Notice, frame.Entry);
        var isAllowed = state.Grants.Allows(entry);
        var isIsolated = context.Request.Query.ContainsKey("isolated");
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = isAllowed ? $"{Policy}; frame-src {ThirdParties.FrameSources(entry)}" : Policy;
        headers.XFrameOptions = "SAMEORIGIN";

        // A page with such a policy embeds only documents that have one, too (HTML 7.1.4). A placeholder loads only from the site. What the
        // other document embeds then needs the policy in turn, as in the page.
        if (!isAllowed || isIsolated)
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";

        // The same as browsers use without a policy, whatever a proxy in front of the gateway adds. The frame itself may have a stricter one.
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        context.Response.ContentType = "text/html; charset=utf-8";
        var address = $"{notice.Prefix}/frame?url={Uri.EscapeDataString(frame.Url)}&lang={language}{(isIsolated ? "&isolated" : "")}";
        return context.Response.WriteAsync(isAllowed
            ? FramePage.Wrapper(notice, entry, language, frame.Url)
            : FramePage.Placeholder(notice, entry, language, address, ReturnPath.OfReferer(context.Request, notice.Prefix), state.Signals));
    }

    // Browsers send URLs in ASCII and read "\" as "/". What they and .NET could read differently is not a URL here.
    private static Uri? UrlOf(string text) =>
        text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.Contains('\\', StringComparison.Ordinal)
        || !(text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Host.Length == 0
            ? null
            : url;
}
