using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge.Proxy;

/// <summary>Logs that a backend did not respond or broke the connection, and writes a short error response.</summary>
internal static partial class BackendFailure
{
    public static Task RespondAsync(HttpContext context, IForwarderErrorFeature failure)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BackendFailure));
        Log(logger, RequestState.Of(context)!.Site.Config.Id, failure.Error, failure.Exception?.GetBaseException().GetType().Name ?? "no exception");

        // If the response has started, the client notices the error because the body breaks off.
        if (context.Response.HasStarted)
            return Task.CompletedTask;

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("The site behind this gateway does not respond at the moment.\n");
    }

    // Without the request URL and the exception message: both can contain a query.
    [LoggerMessage(111, LogLevel.Warning, "Site {Site}: the backend failed: {Error} ({Exception}).", EventName = "BackendFailed")]
    private static partial void Log(ILogger logger, string site, ForwarderError error, string exception);
}
