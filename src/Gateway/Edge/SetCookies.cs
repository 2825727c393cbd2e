using System.Net.Http.Headers;
using Gateway.Cookies;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge;

/// <summary>Puts the response's <c>Set-Cookie</c> lines through the filter and adds the deletions that are due.</summary>
internal sealed class SetCookies(RefusalLog refusals, TimeProvider time)
{
    // The consent cookie is written anew with what the request brought. After a slow answer that may be older than a withdrawal made
    // meanwhile in another tab, and must not take its place.
    private static readonly TimeSpan LatestMemory = TimeSpan.FromSeconds(2);

    /// <param name="sent">The headers as the backend sent them.</param>
    public void Apply(HttpContext context, HttpHeadersNonValidated sent, Visit visit)
    {
        var before = context.Response.Headers.SetCookie;
        if (visit.Site.Observes)
        {
            Observe(before, visit);
            return;
        }

        var lines = before.Count == 0 ? before : Filter(before, visit);
        var deletions = CookieSweep.DueOn(context, visit);
        if (lines == before && deletions.Count == 0)
            return;

        context.Response.Headers.SetCookie = deletions.Count == 0 ? lines : StringValues.Concat(lines, new StringValues([.. deletions]));
        CacheHeaders.MakePrivate(context.Response.Headers, sent);
    }

    /// <summary>The lines to send.</summary>
    private StringValues Filter(StringValues before, Visit visit)
    {
        var changed = false;
        var count = 0;
        var kept = new string[before.Count];
        Dictionary<string, int>? firstDays = null;
        foreach (var line in before)
        {
            var outcome = SetCookieFilter.Filter(line ?? "", ContextOf(visit));
            changed |= !ReferenceEquals(outcome.Line, line);
            if (outcome.Line is not null)
                kept[count++] = outcome.Line;
            if (outcome.IsFirst && visit.Grants.Remembers)
                (firstDays ??= new(StringComparer.Ordinal)).TryAdd(outcome.Row!.Number, DayNumber.Of(visit.Now));
            refusals.Refused(visit.Site, outcome, line);
        }

        if (firstDays is not null && time.GetUtcNow() - visit.Now < LatestMemory && OwnCookieLine.Remember(visit, firstDays) is { } remembered)
        {
            changed = true;
            Array.Resize(ref kept, count + 1);
            kept[count++] = remembered;
        }

        if (!changed)
            return before;

        Array.Resize(ref kept, count);
        return kept;
    }

    private void Observe(StringValues lines, Visit visit)
    {
        foreach (var line in lines)
            refusals.WouldRefuse(visit.Site, SetCookieFilter.Filter(line ?? "", ContextOf(visit)), line);
    }

    private static SetCookieContext ContextOf(Visit visit) =>
        new(visit.Site.Table, visit.Grants, visit.Site.Own, visit.SentCookies, visit.Now);
}
