using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Pages;
using Gateway.Texts;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// Serves the gateway's own pages and files: all paths under the site's prefix, none of which reaches the backend; the paths that the
/// configuration assigns to the cookie policy; and <c>/.well-known/gpc.json</c>.
/// </summary>
internal sealed class GatewayPages(
    RequestDelegate next, ChoiceEndpoint choices, GuardReportEndpoint reports, PolicyReportEndpoint policyReports, ServiceWorkers workers)
{
    // The pages need no script, no frame and no foreign style. There is no form-action: Chromium applies it to redirects as well, and the page
    // to which a choice redirects may redirect to a log-in on another host.
    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string PreviewPolicy = PagePolicy.Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var state = RequestState.Of(context)!;
        var path = context.Request.Path.Value ?? "/";
        var prefix = state.Site.Config.Prefix;
        if (GatewayAddress.IsUnder(prefix, path))
            return OnWorkerAsync(() => AnswerAsync(context, state, path[prefix.Length..]));
        if (GatewayAddress.CouldBeUnder(prefix, context))
            return NoPageAsync(context);

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            if (path == GpcStatement.Path && state.Site.GpcStatement is { } statement)
                return DataAsync(context, statement);
            if (state.Site.IsEnforced && state.Site.Config.Policy.Paths.Contains(path))
                return OnWorkerAsync(() => PolicyAsync(context, state, path));
        }

        if (TrackerPaths.Refuses(context, state) || workers.Refuses(context, state))
            return PlainAsync(context, StatusCodes.Status403Forbidden, "");
        if (ThirdPartyHeaders.IsInAdvance(context.Request, state))
            return PlainAsync(context, StatusCodes.Status503ServiceUnavailable, "");
        return next(context);
    }

    private static async Task OnWorkerAsync(Func<Task> answer)
    {
        await WorkerThread.Switch;
        await answer();
    }

    private Task AnswerAsync(HttpContext context, RequestState state, string path)
    {
        var headers = context.Response.Headers;
        Protect(headers, state);
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        if (path == "/choice")
            return choices.AnswerAsync(context, state);
        if (path == "/refused")
            return reports.AnswerAsync(context, state);
        if (path == ThirdPartySampling.Path)
            return policyReports.AnswerAsync(context, state);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return PlainAsync(context, StatusCodes.Status405MethodNotAllowed, "Use GET.\n", allow: "GET, HEAD");

        switch (path)
        {
            case "":
                context.Response.Redirect(state.Site.Config.Prefix + "/" + context.Request.QueryString, permanent: true);
                return Task.CompletedTask;
            case "/":
                return SettingsAsync(context, state);
            // What is observed is not compared with the site yet: an empty table would state that the site uses no cookies.
            case "/policy" or "/policy.json" when !state.Site.IsEnforced:
                return PlainAsync(context, StatusCodes.Status404NotFound, "The cookie policy of this site is not published yet.\n");
            case "/policy":
                return PolicyAsync(context, state, ReturnPath.OfReferer(context.Request, state.Site.Config.Prefix));
            case "/frame":
                return FrameEndpoint.Find(context.Request, state) is { } frame
                    ? FrameEndpoint.AnswerAsync(context, state, frame, LanguageOf(context, state, ReturnPath.OfReferer(context.Request, state.Site.Config.Prefix)))
                    : NoPageAsync(context);
            case "/preview":
                return PreviewLink.AnswerAsync(context, state);
            case "/policy.json":
                return DataAsync(context, state.Site.PolicyJson);
            default:
                return AssetAsync(context, state, path);
        }
    }

    private static Task SettingsAsync(HttpContext context, RequestState state)
    {
        var query = context.Request.Query;
        var back = ReturnPath.Check(query["return"]) ?? ReturnPath.OfReferer(context.Request, state.Site.Config.Prefix);
        var page = SettingsPage.Render(state.Site.Notice, state.Consent.State, LanguageOf(context, state, back), back, query.ContainsKey("saved"), state.Signals);
        context.Response.Headers.CacheControl = "private, no-cache";
        return PageAsync(context, state, page);
    }

    private static Task PolicyAsync(HttpContext context, RequestState state, string? page)
    {
        var notice = state.Site.Notice;
        var date = notice.Policy.Reviewed ?? notice.Changed;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = "Accept-Language";
        context.Response.Headers.LastModified = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).ToString("R");
        return PageAsync(context, state, state.Site.PolicyIn(LanguageOf(context, state, page)));
    }

    private static Task PageAsync(HttpContext context, RequestState state, string html)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = MayBeFramed(state) ? PreviewPolicy : PagePolicy;
        Protect(response.Headers, state);

        // Not no-referrer: with it, browsers send "Origin: null" with the form of the page, and the choice would be rejected.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(html);
    }

    private static bool MayBeFramed(RequestState state) => state.Site.Notice.Showing == Showing.Preview;

    // Old browsers do not know frame-ancestors.
    private static void Protect(IHeaderDictionary headers, RequestState state)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = MayBeFramed(state) ? "SAMEORIGIN" : "DENY";
    }

    private static Task DataAsync(HttpContext context, byte[] json)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    private static Task AssetAsync(HttpContext context, RequestState state, string path)
    {
        var script = state.Site.Script;
        var (file, type) = Path.GetExtension(path) switch
        {
            ".js" when path.EndsWith(FramePage.ScriptExtension, StringComparison.Ordinal) => (state.Site.FrameScript, "text/javascript"),
            ".css" when path.EndsWith(FramePage.StylesExtension, StringComparison.Ordinal) => (state.Site.FrameStyles, "text/css"),
            ".js" => (script.File, "text/javascript"),
            ".css" => (state.Site.Styles, "text/css"),
            // Modules belong to one version of the script. Other versions get a 404 and do without them.
            ".mjs" => (script.Modules.Find(path), "text/javascript"),
            _ => (null, ""),
        };
        if (file is null || path.Length < 9 || path.IndexOf('/', 1) > 0)
            return NoPageAsync(context);

        // A cached page can name an older script, and a page of another replica a newer one. Both get the current script, uncached.
        var isCurrent = path.AsSpan(1).StartsWith(file.Hash, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.ContentType = type + "; charset=utf-8";
        return AssetWriter.WriteAsync(context, file);
    }

    private static Task NoPageAsync(HttpContext context) => PlainAsync(context, StatusCodes.Status404NotFound, "The gateway has no page at this path.\n");

    private static Task PlainAsync(HttpContext context, int status, string text, string? allow = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Allow = allow;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    // "page" is the path that shows the policy, or the page from which the visitor came; null if not known.
    private static string LanguageOf(HttpContext context, RequestState state, string? page) => Languages.Choose(
        state.Site.Config.Languages,
        context.Request.Query["lang"],
        state.Site.Notice.PageLanguages.Find(RequestHost.Of(context.Request).Name.ToString(), page),
        context.Request.Headers.AcceptLanguage);
}
