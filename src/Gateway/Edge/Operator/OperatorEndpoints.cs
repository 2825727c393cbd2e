namespace Gateway.Edge.Operator;

/// <summary>The endpoints of the operator's listener. They are not reachable through the public listener, and no site is reachable through this one.</summary>
internal sealed class OperatorEndpoints(RequestDelegate next, LiveSnapshot live, TimeProvider time)
{
    /// <summary>Whether this process accepts a pass of a preview link: <c>?host=…&amp;pass=…</c>. The token is only read when it starts.</summary>
    public const string PassPath = "/preview-pass";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<OperatorConnection>() is null)
            return next(context);

        var isHealth = context.Request.Path == "/health";
        var isPass = context.Request.Path == PassPath;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        context.Response.StatusCode = !isHealth && !isPass ? StatusCodes.Status404NotFound
            : !isRead ? StatusCodes.Status405MethodNotAllowed
            : isHealth || Admits(context.Request.Query) ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.XFrameOptions = "DENY";
        return context.Response.WriteAsync(isHealth && isRead ? "healthy\n" : isPass ? "" : "The operator's listener serves GET /health.\n");
    }

    private bool Admits(IQueryCollection query) =>
        live.Current is { Pass: { } pass } snapshot && snapshot.Find(query["host"].ToString()) is { Test: not null } site
        && pass.Admits(query["pass"].ToString(), site.Config, time.GetUtcNow());
}
