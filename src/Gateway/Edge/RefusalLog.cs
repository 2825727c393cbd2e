using Gateway.Config;
using Gateway.Cookies;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Edge;

/// <summary>
/// Writes down what was refused and nobody declared, or in observe what would have been: by name (as a pattern), never by value, each
/// once an hour, in bounded memory.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger) : IDisposable
{
    private const int MostNames = 10_000;

    // A request can bring thousands of invented names.
    private const int MostNamesARequest = 20;

    private readonly MemoryCache _told = new(new MemoryCacheOptions());

    /// <summary>A line that was kept from the browser.</summary>
    public void Refused(Site site, SetCookieOutcome outcome, string? line)
    {
        if (outcome.Fate is CookieFate.Kept or CookieFate.Emptied or CookieFate.NotGranted or CookieFate.Renewal)
            return;

        var name = NameOf(line);
        if (IsNew(site, outcome.Fate, name))
            LogSetCookie(logger, site.Config.Id, name, Reason(outcome.Fate));
    }

    /// <summary>A line that in enforce would have been kept from this browser or changed.</summary>
    public void WouldRefuse(Site site, SetCookieOutcome outcome, string? line)
    {
        var name = NameOf(line);
        if (outcome.Fate is not (CookieFate.Kept or CookieFate.Emptied) && IsNew(site, outcome.Fate, name))
            LogWouldSetCookie(logger, site.Config.Id, name, Reason(outcome.Fate));
    }

    /// <summary>Cookies that were cut from a request, or in observe would have been.</summary>
    public void Cut(Site site, IReadOnlyList<CutCookie> cut)
    {
        foreach (var cookie in cut.Take(MostNamesARequest))
        {
            if (cookie.Row is not null && !site.Observes)
                continue;

            var name = LoggedName.Of(cookie.Name);
            if (!IsNew(site, cookie.Row, name))
                continue;

            var reason = Reason(cookie.Row is null ? CookieFate.Unlisted : CookieFate.NotGranted);
            if (site.Observes)
                LogWouldCut(logger, site.Config.Id, name, reason);
            else
                LogCut(logger, site.Config.Id, name, reason);
        }
    }

    public void Dispose() => _told.Dispose();

    private static string NameOf(string? line) => SetCookieLine.TryRead(line, out var read) ? LoggedName.Of(read.Name) : "(unreadable)";

    private bool IsNew(Site site, object? what, string name)
    {
        var key = (site.Config.Id, what is CookieTable.Row ? "listed" : what, name);
        if (_told.TryGetValue(key, out _) || _told.Count >= MostNames)
            return false;

        _told.Set(key, true, TimeSpan.FromHours(1));
        return true;
    }

    private static string Reason(CookieFate fate) => fate switch
    {
        CookieFate.Unlisted => "it is not in the cookie table",
        CookieFate.NotGranted => "its category was not granted",
        CookieFate.Renewal => "an exempt audience cookie may not be renewed",
        CookieFate.Own => "the name is the gateway's own",
        CookieFate.Shortened => "it would live longer than declared",
        _ => "browsers could not store it",
    };

    [LoggerMessage(101, LogLevel.Information, "Site {Site}: changed or refused Set-Cookie {Name}: {Reason}.", EventName = "SetCookieRefused")]
    private static partial void LogSetCookie(ILogger logger, string site, string name, string reason);

    [LoggerMessage(102, LogLevel.Information, "Site {Site}: kept request cookie {Name} from the backend: {Reason}.", EventName = "CookieCut")]
    private static partial void LogCut(ILogger logger, string site, string name, string reason);

    [LoggerMessage(103, LogLevel.Information, "Site {Site} is only observed: would have changed or refused Set-Cookie {Name}: {Reason}.", EventName = "SetCookieWouldBeRefused")]
    private static partial void LogWouldSetCookie(ILogger logger, string site, string name, string reason);

    [LoggerMessage(104, LogLevel.Information, "Site {Site} is only observed: would have kept request cookie {Name} from the backend: {Reason}.", EventName = "CookieWouldBeCut")]
    private static partial void LogWouldCut(ILogger logger, string site, string name, string reason);
}
