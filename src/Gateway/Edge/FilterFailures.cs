using System.Collections.Concurrent;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>Parts of the filter in which our own code may fail without taking the page down.</summary>
internal enum FilterPart
{
    /// <summary>The request's cookies: none reaches the backend then.</summary>
    RequestCookies,

    /// <summary>The response's cookies: none reaches the browser then.</summary>
    ResponseCookies,

    /// <summary>The script line: the page passes as it is.</summary>
    Page,
}

/// <summary>Counts failures of our own, and tells of each part once a minute. Cookies fail closed, pages open.</summary>
internal sealed partial class FilterFailures(ILogger<FilterFailures> logger, Telemetry telemetry, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<FilterPart, DateTimeOffset> _told = new();

    /// <param name="error">Its type and place are logged, not its message, which could quote a cookie or a page.</param>
    public void Report(Site site, FilterPart part, Exception error)
    {
        telemetry.Failed(part);
        var now = time.GetUtcNow();
        if (_told.TryGetValue(part, out var last) && now - last < Pause)
            return;

        _told[part] = now;
        LogFailure(logger, site.Config.Id, part, error.GetType().Name, error.StackTrace);
    }

    [LoggerMessage(402, LogLevel.Error, "Site {Site}: {Part} could not be filtered; cookies were removed, a page passed as it was. {Error}\n{Place}", EventName = "FilterFailed")]
    private static partial void LogFailure(ILogger logger, string site, FilterPart part, string error, string? place);
}
