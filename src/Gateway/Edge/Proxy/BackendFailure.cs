using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge.Proxy;

/// <summary>A backend that did not answer, or broke off: told to the operator by kind and site, and to the visitor in one line.</summary>
internal static partial class BackendFailure
{
    public static Task TellAsync(HttpContext context, IForwarderErrorFeature failure)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BackendFailure));
        Log(logger, RequestState.Of(context)!.Site.Config.Id, failure.Error, failure.Exception?.GetBaseException().GetType().Name ?? "no exception");

        // Once bytes have gone out, only breaking the connection can tell the truth; the proxy does that.
        if (context.Response.HasStarted)
            return Task.CompletedTask;

        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("The site behind this gateway does not answer at the moment.\n");
    }

    // Neither the address asked for nor the exception's words: both can hold a URL with its query.
    [LoggerMessage(111, LogLevel.Warning, "Site {Site}: the backend failed: {Error} ({Exception}).", EventName = "BackendFailed")]
    private static partial void Log(ILogger logger, string site, ForwarderError error, string exception);
}
