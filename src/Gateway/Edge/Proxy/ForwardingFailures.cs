using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Edge.Proxy;

/// <summary>
/// Logs that a backend did not respond or broke the connection, or that a client sent a request that cannot be forwarded, and writes a short
/// error response. A client can repeat its request at will, so lines that repeat are summed up.
/// </summary>
internal sealed partial class ForwardingFailures(ILogger<ForwardingFailures> logger, TimeProvider time) : IDisposable
{
    private readonly RepeatedLines _lines = new(time);

    public Task RespondAsync(HttpContext context, IForwarderErrorFeature failure)
    {
        var site = RequestState.Of(context)!.Site.Config.Id;
        var cause = failure.Exception?.GetBaseException().GetType().Name ?? "no exception";
        var isOfClient = IsOfClient(failure);
        if (_lines.Take($"{site} {failure.Error} {cause}") is { } before)
        {
            var repeated = before == 0 ? "" : $" {before} more like this since the last line.";
            if (isOfClient)
                LogClient(logger, site, failure.Error, cause, repeated);
            else
                LogBackend(logger, site, failure.Error, cause, repeated);
        }

        // If the response has started, the client notices the error because the body breaks off.
        if (context.Response.HasStarted)
            return Task.CompletedTask;

        if (isOfClient && context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(isOfClient ? "This request is not complete, or not valid.\n" : "The site behind this gateway does not respond at the moment.\n");
    }

    public void Dispose() => _lines.Dispose();

    private static bool IsOfClient(IForwarderErrorFeature failure)
    {
        if (failure.Error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient
            or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient
            or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeRequestClient
            or ForwarderError.UpgradeResponseCanceled or ForwarderError.UpgradeResponseClient)
        {
            return true;
        }

        // Kestrel's exception for a body that it cannot read: a bad chunk, or less than the request said.
        for (var error = failure.Exception; error is not null; error = error.InnerException)
        {
            if (error is BadHttpRequestException)
                return true;
        }

        return false;
    }

    // Without the request URL and the exception message: both can contain a query.
    [LoggerMessage(111, LogLevel.Warning, "Site {Site}: the backend failed: {Error} ({Exception}).{Repeated}", EventName = "BackendFailed")]
    private static partial void LogBackend(ILogger logger, string site, ForwarderError error, string exception, string repeated);

    [LoggerMessage(112, LogLevel.Information, "Site {Site}: a client broke off its request, or sent a body that cannot be read: {Error} ({Exception}).{Repeated}", EventName = "ClientFailed")]
    private static partial void LogClient(ILogger logger, string site, ForwarderError error, string exception, string repeated);
}
