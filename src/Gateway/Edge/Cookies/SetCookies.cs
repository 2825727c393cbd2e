using System.Buffers;
using System.Net.Http.Headers;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Sites;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge.Cookies;

/// <summary>Filters the <c>Set-Cookie</c> lines of a response and adds the deletions that are due.</summary>
internal sealed class SetCookies(Sightings sightings, WrittenNames written, CookieSweep sweep, TimeProvider time)
{
    // The consent cookie is rewritten from the one in the request. After a slow response, a newer one may have been set in another tab and
    // must not be overwritten.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <param name="sent">The headers as the backend sent them.</param>
    public void Apply(HttpContext context, HttpHeadersNonValidated sent, RequestState state)
    {
        if (state.Site.IsOff)
            return;

        var before = context.Response.Headers.SetCookie;
        var filter = new SetCookieContext(
            state.Site.Table, state.Grants, state.Site.GatewayCookie, state.SentCookies, state.Now, RawTarget.OrPath(context));
        if (state.Site.IsObserved)
        {
            Observe(context, before, state, filter);
            return;
        }

        var lines = before.Count == 0 ? before : Filter(before, state, filter);
        TellHeldBack(context, state);
        var deletions = sweep.DueOn(context, state);
        if (lines == before && deletions.Count == 0)
            return;

        context.Response.Headers.SetCookie = deletions.Count == 0 ? lines : StringValues.Concat(lines, new StringValues([.. deletions]));
        CacheHeaders.MakePrivate(context.Response.Headers, sent);
    }

    /// <returns>The lines to send.</returns>
    private StringValues Filter(StringValues before, RequestState state, in SetCookieContext filter)
    {
        // One more line than the backend sent: the consent cookie.
        var kept = ArrayPool<string>.Shared.Rent(before.Count + 1);
        try
        {
            var count = Filter(before, state, filter, kept);
            return count < 0 ? before : count == 1 ? kept[0] : kept.AsSpan(0, count).ToArray();
        }
        finally
        {
            ArrayPool<string>.Shared.Return(kept, clearArray: true);
        }
    }

    /// <returns>The number of lines to send, which are in <paramref name="kept"/>; -1 if all lines are sent unchanged.</returns>
    private int Filter(StringValues before, RequestState state, in SetCookieContext filter, string[] kept)
    {
        var changed = false;
        var count = 0;
        Dictionary<string, int>? firstDays = null;
        foreach (var line in before)
        {
            var outcome = SetCookieFilter.Filter(line ?? "", filter);
            changed |= !ReferenceEquals(outcome.Line, line);
            if (outcome.Line is not null)
                kept[count++] = outcome.Line;
            if (outcome.IsFirst && state.Grants.Remembers)
                (firstDays ??= new(StringComparer.Ordinal)).TryAdd(outcome.Row!.Number, state.Now.ToDayNumber());
            See(state.Site, outcome, filter);
            if (outcome.Fate == CookieFate.NotGranted)
                (state.HeldBack ??= new(StringComparer.Ordinal)).Add(outcome.Row!.Entry.Category);
        }

        if (firstDays is not null && time.GetUtcNow() - state.Now < LongestWait && ConsentCookieLine.Remember(state, firstDays) is { } remembered)
        {
            changed = true;
            kept[count++] = remembered;
        }

        return changed ? count : -1;
    }

    // The script in the page loads it again after a grant only if something was held back for that category.
    private static void TellHeldBack(HttpContext context, RequestState state)
    {
        if (state.Plan is not (DocumentPlan.Document or DocumentPlan.MaybeDocument))
            return;
        foreach (var cookie in state.Cut)
        {
            if (cookie.Row is { } row)
                (state.HeldBack ??= new(StringComparer.Ordinal)).Add(row.Entry.Category);
        }

        if (state.HeldBack is { } categories)
            context.Response.Headers.Append("Server-Timing", $"gateway-held;desc=\"{string.Join(' ', categories)}\"");
    }

    private void Observe(HttpContext context, StringValues lines, RequestState state, in SetCookieContext filter)
    {
        foreach (var line in lines)
            See(state.Site, SetCookieFilter.Filter(line ?? "", filter), filter);
        foreach (var cookie in sweep.NamesDueOn(context, state))
            sightings.AddDeletion(state.Site, state.Client, cookie);
    }

    private void See(Site site, in SetCookieOutcome outcome, in SetCookieContext filter)
    {
        if (outcome.Fate == CookieFate.Unlisted)
            written.Add(site, outcome.Read.Name);
        sightings.Add(site, outcome, filter);
    }
}
