using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// Logs the sightings that an operator should look at: what was removed or shortened and is not simply a category that was not granted; where
/// a site is observed, everything that would be removed or shortened.
/// </summary>
internal sealed partial class SightingLog(ILogger<SightingLog> logger)
{
    /// <summary>Whether a sighting with this fate is logged.</summary>
    public static bool Wants(Site site, CookieFate fate) => fate switch
    {
        _ when site.IsOff => false,
        CookieFate.Kept or CookieFate.Emptied => false,
        CookieFate.NotGranted or CookieFate.Renewal => site.IsObserved,
        _ => true,
    };

    public void Write(Site site, Sighting sighting)
    {
        var reason = Reason(sighting.Fate);
        switch (sighting.Source)
        {
            case SightingSource.Response when site.IsObserved:
                LogWouldRemoveFromResponse(logger, site.Config.Id, sighting.Name, reason);
                break;
            case SightingSource.Response:
                LogRemovedFromResponse(logger, site.Config.Id, sighting.Name, reason);
                break;
            case SightingSource.Request when site.IsObserved:
                LogWouldRemoveFromRequest(logger, site.Config.Id, sighting.Name, reason);
                break;
            case SightingSource.Request:
                LogRemovedFromRequest(logger, site.Config.Id, sighting.Name, reason);
                break;
            case SightingSource.Browser:
                LogHost(logger, site.Config.Id, sighting.Name, UseOf(sighting.Use), Reason(sighting.Fate), sighting.IsOfOneClient ? "one client" : "several clients");
                break;
            case SightingSource.Deletion:
                LogWouldDelete(logger, site.Config.Id, sighting.Name, reason);
                break;
            case SightingSource.Script when site.IsObserved:
                LogWouldBlockScript(logger, site.Config.Id, Noun(sighting.Kind), sighting.Name, reason);
                break;
            default:
                LogBlockedScript(logger, site.Config.Id, Noun(sighting.Kind), sighting.Name, reason);
                break;
        }
    }

    /// <summary>The budget of a source is used up.</summary>
    public void WriteLast(Site site, SightingSource source) => LogNoMore(logger, site.Config.Id, SightingBudget.Most, source switch
    {
        SightingSource.Response => "responses",
        SightingSource.Script => "reports of the script in pages",
        _ => "requests",
    });

    private static string Noun(EntryKind kind) => kind switch
    {
        EntryKind.LocalStorage => "localStorage key",
        EntryKind.SessionStorage => "sessionStorage key",
        EntryKind.IndexedDB => "IndexedDB database",
        EntryKind.CacheStorage => "cache",
        EntryKind.ServiceWorker => "service worker",
        _ => "cookie",
    };

    private static string UseOf(HostUse? use) => use?.ToString().ToLowerInvariant() ?? "other";

    private static string Reason(CookieFate fate) => fate switch
    {
        CookieFate.Unlisted => "it is not in the cookie table",
        CookieFate.NotGranted => "its category was not granted",
        CookieFate.Renewal => "an exempt audience cookie may not be renewed",
        CookieFate.Reserved => "the name is reserved for the gateway",
        CookieFate.Shortened => "its lifetime is longer than declared",
        _ => "browsers cannot store it",
    };

    [LoggerMessage(101, LogLevel.Information, "Site {Site}: removed or shortened Set-Cookie {Name}: {Reason}.", EventName = "SetCookieRefused")]
    private static partial void LogRemovedFromResponse(ILogger logger, string site, string name, string reason);

    [LoggerMessage(102, LogLevel.Information, "Site {Site}: removed cookie {Name} from a request: {Reason}.", EventName = "CookieCut")]
    private static partial void LogRemovedFromRequest(ILogger logger, string site, string name, string reason);

    [LoggerMessage(103, LogLevel.Information, "Site {Site} (observe): would remove or shorten Set-Cookie {Name}: {Reason}.", EventName = "SetCookieWouldBeRefused")]
    private static partial void LogWouldRemoveFromResponse(ILogger logger, string site, string name, string reason);

    [LoggerMessage(104, LogLevel.Information, "Site {Site} (observe): would remove cookie {Name} from a request: {Reason}.", EventName = "CookieWouldBeCut")]
    private static partial void LogWouldRemoveFromRequest(ILogger logger, string site, string name, string reason);

    [LoggerMessage(107, LogLevel.Information, "Site {Site}: pages request the host {Name} ({Use}): {Reason}. Reported by {Reporters}.", EventName = "HostSeen")]
    private static partial void LogHost(ILogger logger, string site, string name, string use, string reason, string reporters);

    [LoggerMessage(105, LogLevel.Information, "Site {Site}: blocked a script from writing {What} {Name}: {Reason}.", EventName = "ScriptRefused")]
    private static partial void LogBlockedScript(ILogger logger, string site, string what, string name, string reason);

    [LoggerMessage(106, LogLevel.Information, "Site {Site} (observe): would block a script from writing {What} {Name}: {Reason}.", EventName = "ScriptWouldBeRefused")]
    private static partial void LogWouldBlockScript(ILogger logger, string site, string what, string name, string reason);

    [LoggerMessage(108, LogLevel.Information, "Site {Site}: {Most} different names were logged from {Source}. Further ones are not logged for up to an hour.", EventName = "SightingsOmitted")]
    private static partial void LogNoMore(ILogger logger, string site, int most, string source);

    [LoggerMessage(107, LogLevel.Information, "Site {Site} (observe): would delete cookie {Name} in the browser: {Reason}.", EventName = "CookieWouldBeDeleted")]
    private static partial void LogWouldDelete(ILogger logger, string site, string name, string reason);
}
