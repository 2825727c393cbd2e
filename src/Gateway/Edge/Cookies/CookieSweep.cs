using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Html;

namespace Gateway.Edge.Cookies;

/// <summary>Selects the cookies that a response deletes: those which the browser has and the visitor does not grant.</summary>
/// <remarks>
/// Cookies know neither ports nor schemes. A name that is not in the table can be the session of another application on the same host, so it is
/// only deleted if the site was seen to write it, or if it is a known tracker.
/// </remarks>
internal sealed class CookieSweep(WrittenNames written)
{
    private int _turn;

    /// <summary>The deletions with a response from the backend.</summary>
    public IReadOnlyList<string> DueOn(HttpContext context, RequestState state)
    {
        if (!MayDeleteOn(context, state))
            return [];

        var unreadable = state.Consent is { HasForeign: true, HasNewer: false, State.Day: null } && state.Site.Rules.HasChoice
            ? [ConsentCookieLine.Delete(state.Site, state.IsSecure)]
            : Array.Empty<string>();
        return [.. unreadable, .. Lines(context, state, [.. Forged(state), .. Due(state)], RawTarget.PathOf(context).ToString(), Interlocked.Increment(ref _turn))];
    }

    /// <summary>The cookies that a response from the backend deletes, or would delete if the site were enforced.</summary>
    public IReadOnlyList<CutCookie> NamesDueOn(HttpContext context, RequestState state) => MayDeleteOn(context, state) ? Due(state) : [];

    /// <summary>The deletions with the response to a choice: what it refuses, even if the request did not have these cookies.</summary>
    public IReadOnlyList<string> AfterChoice(HttpContext context, RequestState state, ConsentState decided)
    {
        var grants = decided.Grants.Under(state.Signals);

        // A cookie with another path is not in this request, but it can be deleted if the table declares its path.
        var elsewhere = state.Site.Table.Entries
            .Where(entry => entry is { Kind: EntryKind.Cookie, Path: not null } or { Kind: EntryKind.Cookie, Domain: not null })
            .Where(entry => !grants.Allows(entry))
            .SelectMany(entry => entry.Names.Where(name => new NamePattern(name).IsExact))
            .SelectMany(NameSpellings.Of)
            .Select(name => new CutCookie(name, state.Site.Table.Find(name), IsElsewhere: true));

        // The cookies in this request have the path "/": only the gateway sets cookies below its prefix.
        return Lines(context, state, [.. SentAndRefused(state, grants).Where(cut => IsOurs(cut, state)), .. elsewhere], path: "/", turn: 0);
    }

    private static IEnumerable<CutCookie> SentAndRefused(RequestState state, Grants grants) =>
        state.SentCookies is null
            ? []
            : CookieHeaderFilter.Filter(state.SentCookies, state.Site.Table, grants, state.Site.GatewayCookie).Cut;

    private static IReadOnlyList<string> Lines(HttpContext context, RequestState state, IReadOnlyList<CutCookie> cut, string path, int turn) =>
        ExpiryLines.For(cut, RequestHost.Of(context.Request).Name.ToString(), path, state.IsSecure, turn);

    // None unless the response answers a navigation, whatever its type (browsers also show XHTML, text, and what has no type), and the request
    // would have had the consent cookie if the browser had one.
    private static bool MayDeleteOn(HttpContext context, RequestState state) =>
        (state.Cut.Count > 0 || state.Consent.HasForeign) && state.Plan is (DocumentPlan.Document or DocumentPlan.MaybeDocument)
        && ConsentCouldArrive(context.Request, state);

    // A sub-domain can have set it on a parent domain. If the visitor has a choice of this site, it stays: a browser has no way to delete only one.
    private static IEnumerable<CutCookie> Forged(RequestState state)
    {
        var cookie = state.Site.Rules.Cookie;
        return state.Consent is { HasForged: true, HasNewer: false, State.Day: null } && state.Site.Rules.HasChoice
            ? [new CutCookie(cookie.Name, new CookieTable.Row([new CookieEntry { Names = [cookie.Name], Domain = cookie.Domain }]))]
            : [];
    }

    private IReadOnlyList<CutCookie> Due(RequestState state) => [.. state.Cut.Where(cut => IsOurs(cut, state) && IsRefused(cut, state))];

    private bool IsOurs(CutCookie cut, RequestState state) => cut.Row is not null || KnownTrackers.Sets(cut.Name) || written.Has(state, cut.Name);

    // With SameSite=Lax, browsers send the consent cookie with same-site requests and with top-level GET navigations. A cross-site POST
    // without it does not mean that the visitor granted nothing. Without fetch metadata, a GET can come from a frame in another site: then
    // the consent cookie itself, or the Referer, has to show that it does not.
    private static bool ConsentCouldArrive(HttpRequest request, RequestState state) =>
        state.Plan == DocumentPlan.MaybeDocument
            ? HttpMethods.IsGet(request.Method) && (state.Consent.State.Day is not null || request.Headers.Referer.Count == 0 || HostAndPort.IsRefererOf(request))
            : HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "same-origin" or "same-site";

    // An unknown category version can come from a replica with a newer table. Then only what was surely refused is deleted.
    private static bool IsRefused(CutCookie cut, RequestState state) =>
        state.Consent is { State.KnowsAll: true, HasNewer: false }
        || (cut.Row is { Entry: var entry }
            && ((entry.HeldBackBy & state.Signals) != 0 || state.Consent.State.AnswerFor(entry.Category) == Answer.Refused));
}
