using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>The parts of the filter in which an exception does not fail the request.</summary>
internal enum FilterPart
{
    /// <summary>The request's cookies: none is sent to the backend.</summary>
    RequestCookies,

    /// <summary>The response's cookies: none is sent to the browser.</summary>
    ResponseCookies,

    /// <summary>The policy for third parties: none is allowed.</summary>
    ThirdParties,

    /// <summary>The injection of the script: the page passes unchanged.</summary>
    Page,
}

/// <summary>Counts exceptions in the filter and logs each part of a site at most once a minute. Cookies fail closed, pages fail open.</summary>
internal sealed partial class FilterFailures(ILogger<FilterFailures> logger, Telemetry telemetry, TimeProvider time) : IDisposable
{
    private readonly BoundedMemory<string> _logged = new(capacity: 10_000, lifetime: TimeSpan.FromMinutes(1), time);

    // Anybody can send such reports: they have no room in common with the gateway's own failures.
    private readonly BoundedMemory<string> _reported = new(capacity: 10_000, lifetime: TimeSpan.FromMinutes(1), time);

    /// <param name="error">Only its type and stack trace are logged: the message could quote a cookie or a page.</param>
    public void Report(Site site, FilterPart part, Exception error)
    {
        telemetry.Failed(part);
        if (_logged.TryAdd($"{site.Config.Id} {part}", ""))
            LogFailure(logger, site.Config.Id, part, error.GetType().Name, error.StackTrace);
    }

    /// <summary>A part of the gateway's script failed in a browser.</summary>
    /// <param name="part">One of a closed list; see <c>GuardReport</c>.</param>
    public void ReportScript(Site site, string part)
    {
        telemetry.ScriptFailed(part);
        if (_reported.TryAdd($"{site.Config.Id} {part}", ""))
            LogScriptFailure(logger, site.Config.Id, part);
    }

    public void Dispose()
    {
        _logged.Dispose();
        _reported.Dispose();
    }

    [LoggerMessage(402, LogLevel.Error, "Site {Site}: the filter failed in {Part}. Cookies were removed; a page was passed unchanged. {Error}\n{Place}", EventName = "FilterFailed")]
    private static partial void LogFailure(ILogger logger, string site, FilterPart part, string error, string? place);

    [LoggerMessage(403, LogLevel.Warning, "Site {Site}: the gateway's script failed in a browser, in its part {Part}.", EventName = "ScriptFailed")]
    private static partial void LogScriptFailure(ILogger logger, string site, string part);
}
