namespace Gateway.Edge.Operator;

/// <summary>The endpoints of the operator's listener. They are not reachable through the public listener, and no site is reachable through this one.</summary>
internal sealed class OperatorEndpoints(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<OperatorConnection>() is null)
            return next(context);

        var isHealth = context.Request.Path == "/health";
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        context.Response.StatusCode = !isHealth ? StatusCodes.Status404NotFound
            : isRead ? StatusCodes.Status200OK : StatusCodes.Status405MethodNotAllowed;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.XFrameOptions = "DENY";
        return context.Response.WriteAsync(isHealth && isRead ? "healthy\n" : "The operator's listener serves GET /health.\n");
    }
}
