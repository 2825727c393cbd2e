using Gateway.Pages;
using Gateway.Texts;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// The gateway's own address space under the site's prefix (nothing below it ever reaches the backend), the site's own paths
/// that show the policy, and its word on Global Privacy Control.
/// </summary>
internal sealed class GatewayPages(RequestDelegate next, ChoiceEndpoint choices, GuardReportEndpoint refused)
{
    // Our pages stand by themselves: no script, no frame around them, no foreign style. Not form-action: Chromium holds it against
    // redirects too, and the page to which a choice leads back may lead on to a log-in elsewhere.
    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string PreviewPolicy = PagePolicy.Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var visit = RequestState.Of(context)!;
        var path = context.Request.Path.Value ?? "/";
        var prefix = visit.Site.Config.Prefix;
        if (GatewayAddress.IsUnder(prefix, path))
            return AnswerAsync(context, visit, path[prefix.Length..]);
        if (GatewayAddress.CouldBeUnder(prefix, context))
            return NoPageAsync(context);

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            if (path == GpcStatement.Path && visit.Site.GpcStatement is { } statement)
                return DataAsync(context, statement);
            if (!visit.Site.Observes && visit.Site.Config.Policy.Paths.Contains(path))
                return PolicyAsync(context, visit, path);
        }

        return next(context);
    }

    private Task AnswerAsync(HttpContext context, RequestState visit, string path)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        if (path == "/choice")
            return choices.AnswerAsync(context, visit);
        if (path == "/refused")
            return refused.AnswerAsync(context, visit);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return PlainAsync(context, StatusCodes.Status405MethodNotAllowed, "GET it.\n", allow: "GET, HEAD");

        switch (path)
        {
            case "":
                context.Response.Redirect(visit.Site.Config.Prefix + "/" + context.Request.QueryString, permanent: true);
                return Task.CompletedTask;
            case "/":
                return SettingsAsync(context, visit);
            case "/policy":
                return PolicyAsync(context, visit, ReturnPath.OfReferer(context.Request, visit.Site.Config.Prefix));
            case "/preview":
                return PreviewLink.AnswerAsync(context, visit);
            case "/policy.json":
                return DataAsync(context, visit.Site.PolicyJson);
            default:
                return AssetAsync(context, visit, path);
        }
    }

    private static Task SettingsAsync(HttpContext context, RequestState visit)
    {
        var query = context.Request.Query;
        var back = ReturnPath.Check(query["return"]) ?? ReturnPath.OfReferer(context.Request, visit.Site.Config.Prefix);
        var page = SettingsPage.Render(visit.Site.Notice, visit.Consent.State, LanguageOf(context, visit, back), back, query.ContainsKey("saved"), visit.Signals);
        context.Response.Headers.CacheControl = "private, no-cache";
        return PageAsync(context, visit, page);
    }

    private static Task PolicyAsync(HttpContext context, RequestState visit, string? page)
    {
        var notice = visit.Site.Notice;
        var date = notice.Policy.Reviewed ?? notice.Changed;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = "Accept-Language";
        context.Response.Headers.LastModified = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).ToString("R");
        return PageAsync(context, visit, visit.Site.PolicyIn(LanguageOf(context, visit, page)));
    }

    private static Task PageAsync(HttpContext context, RequestState visit, string html)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = visit.Site.Notice.Showing == Showing.Preview ? PreviewPolicy : PagePolicy;
        response.Headers.XContentTypeOptions = "nosniff";

        // Not no-referrer: under it browsers send "Origin: null" with our own form, and the choice would be refused.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(html);
    }

    private static Task DataAsync(HttpContext context, byte[] json)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    private static Task AssetAsync(HttpContext context, RequestState visit, string path)
    {
        var script = visit.Site.Script;
        var (file, type) = Path.GetExtension(path) switch
        {
            ".js" => (script.File, "text/javascript"),
            ".css" => (visit.Site.Styles, "text/css"),
            // Words belong to one script alone; one that is older, or newer, does without them.
            ".mjs" => (script.Modules.Values.FirstOrDefault(module => path == $"/{module.Hash}.mjs"), "text/javascript"),
            _ => (null, ""),
        };
        if (file is null || path.Length < 9 || path.IndexOf('/', 1) > 0)
            return NoPageAsync(context);

        // A page may still carry an older line, or a newer one from a replica ahead of us: it gets the script of today, uncached.
        var isCurrent = path.AsSpan(1).StartsWith(file.Hash, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.ContentType = type + "; charset=utf-8";
        return AssetWriter.WriteAsync(context, file);
    }

    private static Task NoPageAsync(HttpContext context) => PlainAsync(context, StatusCodes.Status404NotFound, "There is no such page here.\n");

    private static Task PlainAsync(HttpContext context, int status, string text, string? allow = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Allow = allow;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    // The page is the site's one that shows the policy, or from which one came, as far as it is known.
    private static string LanguageOf(HttpContext context, RequestState visit, string? page) => Languages.Choose(
        visit.Site.Config.Languages,
        context.Request.Query["lang"],
        visit.Site.Notice.PageLanguages.Find(context.Request.Host.Host, page),
        context.Request.Headers.AcceptLanguage);
}
