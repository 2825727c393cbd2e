using System.Buffers;
using System.Net.Http.Headers;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Cookies;

/// <summary>Puts the response's <c>Set-Cookie</c> lines through the filter and adds the deletions that are due.</summary>
internal sealed class SetCookies(RefusalLog refusals, TimeProvider time)
{
    // The consent cookie is written anew with what the request brought. After a slow answer that may be older than a withdrawal made
    // meanwhile in another tab, and must not take its place.
    private static readonly TimeSpan LatestMemory = TimeSpan.FromSeconds(2);

    /// <param name="sent">The headers as the backend sent them.</param>
    public void Apply(HttpContext context, HttpHeadersNonValidated sent, RequestState visit)
    {
        var before = context.Response.Headers.SetCookie;
        if (visit.Site.Observes)
        {
            if (!visit.Site.IsOff)
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
    private StringValues Filter(StringValues before, RequestState visit)
    {
        // One more than there are, for the gateway's own.
        var kept = ArrayPool<string>.Shared.Rent(before.Count + 1);
        try
        {
            var count = Filter(before, visit, kept);
            return count < 0 ? before : count == 1 ? kept[0] : kept.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<string>.Shared.Return(kept, clearArray: true);
        }
    }

    /// <summary>Puts the lines to send into an array and counts them; -1 where all of them are sent as they came.</summary>
    private int Filter(StringValues before, RequestState visit, string[] kept)
    {
        var changed = false;
        var count = 0;
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

        if (firstDays is not null && time.GetUtcNow() - visit.Now < LatestMemory && ConsentCookieLine.Remember(visit, firstDays) is { } remembered)
        {
            changed = true;
            kept[count++] = remembered;
        }

        return changed ? count : -1;
    }

    private void Observe(StringValues lines, RequestState visit)
    {
        foreach (var line in lines)
            refusals.WouldRefuse(visit.Site, SetCookieFilter.Filter(line ?? "", ContextOf(visit)), line);
    }

    private static SetCookieContext ContextOf(RequestState visit) =>
        new(visit.Site.Table, visit.Grants, visit.Site.Own, visit.SentCookies, visit.Now);
}
