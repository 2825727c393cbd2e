using System.Collections.Concurrent;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Edge.Cookies;

/// <summary>
/// Writes down what was refused and nobody declared, or in observe what would have been: by name (as a pattern), never by value, each
/// once an hour, in bounded memory.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger, TimeProvider time)
{
    private const int MostNames = 10_000;

    // A request can bring thousands of invented names.
    private const int MostNamesARequest = 20;

    // Beside the fates of response cookies.
    private const int InRequest = -1, InRequestListed = -2, InScripts = 100, ScriptFailures = 200, Patterns = 1000;

    private const string Unreadable = "(unreadable)";

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // By a hash of the name: the same names come with every request, and a pattern of each would have to be made to look it up.
    private readonly ConcurrentDictionary<(string Site, int What, int Name), DateTimeOffset> _told = new();
    private DateTimeOffset _forgotten;

    /// <summary>A line that was kept from the browser.</summary>
    public void Refused(Site site, SetCookieOutcome outcome, string? line)
    {
        if (outcome.Fate is CookieFate.Kept or CookieFate.Emptied or CookieFate.NotGranted or CookieFate.Renewal)
            return;

        if (IsNew(site, (int)outcome.Fate, NameOf(line), out var name))
            LogSetCookie(logger, site.Config.Id, name, Reason(outcome.Fate));
    }

    /// <summary>A line that in enforce would have been kept from this browser or changed.</summary>
    public void WouldRefuse(Site site, SetCookieOutcome outcome, string? line)
    {
        if (outcome.Fate is not (CookieFate.Kept or CookieFate.Emptied) && IsNew(site, (int)outcome.Fate, NameOf(line), out var name))
            LogWouldSetCookie(logger, site.Config.Id, name, Reason(outcome.Fate));
    }

    /// <summary>Cookies that were cut from a request, or in observe would have been.</summary>
    public void Cut(Site site, IReadOnlyList<CutCookie> cut)
    {
        for (var at = 0; at < Math.Min(cut.Count, MostNamesARequest); at++)
        {
            var cookie = cut[at];
            if ((cookie.Row is not null && !site.Observes) || !IsNew(site, cookie.Row is null ? InRequest : InRequestListed, cookie.Name, out var name))
                continue;

            var reason = Reason(cookie.Row is null ? CookieFate.Unlisted : CookieFate.NotGranted);
            if (site.Observes)
                LogWouldCut(logger, site.Config.Id, name, reason);
            else
                LogCut(logger, site.Config.Id, name, reason);
        }
    }

    /// <summary>What the guard of a page kept a script from writing, or in observe would have.</summary>
    public void InScript(Site site, EntryKind kind, string name, bool isListed)
    {
        if ((isListed && !site.Observes) || !IsNew(site, InScripts + ((int)kind * 2) + (isListed ? 1 : 0), name, out var pattern))
            return;

        var reason = Reason(isListed ? CookieFate.NotGranted : CookieFate.Unlisted);
        var what = kind == EntryKind.Cookie ? "cookie" : kind == EntryKind.LocalStorage ? "localStorage key" : "sessionStorage key";
        if (site.Observes)
            LogWouldInScript(logger, site.Config.Id, what, pattern, reason);
        else
            LogInScript(logger, site.Config.Id, what, pattern, reason);
    }

    /// <summary>A failure of our own script in a browser.</summary>
    /// <param name="part">Of the script, from a closed list.</param>
    public void ScriptFailed(Site site, string part)
    {
        if (IsNew(site, ScriptFailures, part, out _))
            LogScriptFailed(logger, site.Config.Id, part);
    }

    private static ReadOnlySpan<char> NameOf(string? line) => SetCookieLine.TryRead(line, out var read) ? read.Name : Unreadable;

    /// <summary>Whether a name is to be told: neither it nor one of the same pattern was, in the last hour.</summary>
    private bool IsNew(Site site, int what, ReadOnlySpan<char> name, out string pattern)
    {
        pattern = "";
        var now = time.GetUtcNow();
        if (!Note(site, what, name, now))
            return false;

        pattern = name.SequenceEqual(Unreadable) ? Unreadable : NameRedaction.Of(name);
        return Note(site, what + Patterns, pattern, now);
    }

    private bool Note(Site site, int what, ReadOnlySpan<char> name, DateTimeOffset now)
    {
        var key = (site.Config.Id, what, string.GetHashCode(name));
        if (_told.TryGetValue(key, out var told) && now - told < Pause)
            return false;

        if (_told.Count >= MostNames && now >= _forgotten + TimeSpan.FromMinutes(1))
            Forget(now);
        if (_told.Count >= MostNames)
            return false;

        _told[key] = now;
        return true;
    }

    private void Forget(DateTimeOffset now)
    {
        _forgotten = now;
        foreach (var (key, told) in _told)
        {
            if (now - told >= Pause)
                _told.TryRemove(key, out _);
        }
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

    [LoggerMessage(105, LogLevel.Information, "Site {Site}: kept a script from writing {What} {Name}: {Reason}.", EventName = "ScriptRefused")]
    private static partial void LogInScript(ILogger logger, string site, string what, string name, string reason);

    [LoggerMessage(106, LogLevel.Information, "Site {Site} is only observed: would have kept a script from writing {What} {Name}: {Reason}.", EventName = "ScriptWouldBeRefused")]
    private static partial void LogWouldInScript(ILogger logger, string site, string what, string name, string reason);

    [LoggerMessage(107, LogLevel.Warning, "Site {Site}: the gateway's script failed in a browser, in its part {Part}.", EventName = "ScriptFailed")]
    private static partial void LogScriptFailed(ILogger logger, string site, string part);
}
