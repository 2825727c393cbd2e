using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;

namespace Gateway.Edge.Cookies;

/// <summary>Which of the cookies that a browser brought and may not bring are deleted with this response.</summary>
internal static class CookieSweep
{
    /// <summary>Deletions on a document, where the consent cookie could have come along; elsewhere none.</summary>
    public static IReadOnlyList<string> DueOn(HttpContext context, RequestState visit)
    {
        if ((visit.Cut.Count == 0 && !visit.Consent.HasForeign) || !IsDocument(context, visit) || !ConsentCouldArrive(context.Request, visit))
            return [];

        var state = visit.Consent.State;
        var own = visit.Consent is { HasForeign: true, HasNewer: false } && state.Day is null && visit.Site.Rules.HasChoice
            ? [ConsentCookieLine.Delete(visit.Site, visit.IsSecure)]
            : Array.Empty<string>();
        return [.. own, .. Lines(context, visit, [.. visit.Cut.Where(cut => IsOursToDelete(cut, visit))], RawTarget.PathOf(context).ToString())];
    }

    /// <summary>Deletions with the answer to a choice: what it refused, whether this request brought it or not.</summary>
    public static IReadOnlyList<string> AfterChoice(HttpContext context, RequestState visit, ConsentState decided)
    {
        var grants = decided.Grants.Under(visit.Signals);

        // A cookie of another path did not come with this request; where its place is declared it can be deleted all the same.
        var elsewhere = visit.Site.Table.Entries
            .Where(entry => entry is { Kind: EntryKind.Cookie, Path: not null } or { Kind: EntryKind.Cookie, Domain: not null })
            .Where(entry => !grants.Allows(entry))
            .SelectMany(entry => entry.Names.Where(name => !name.Contains('*', StringComparison.Ordinal)))
            .Select(name => new CutCookie(name, visit.Site.Table.Find(name)));
        var brought = BroughtAndRefused(visit, grants);

        // What came along to our own address lies at the root: below the prefix nobody but us sets cookies.
        return Lines(context, visit, [.. brought, .. elsewhere], path: "/");
    }

    private static IEnumerable<CutCookie> BroughtAndRefused(RequestState visit, Grants grants) =>
        visit.SentCookies is null
            ? []
            : CookieHeaderFilter.Filter(visit.SentCookies, visit.Site.Table, grants, visit.Site.Own).Cut;

    private static IReadOnlyList<string> Lines(HttpContext context, RequestState visit, IReadOnlyList<CutCookie> cut, string path) =>
        ExpiryLines.For(cut, context.Request.Host.Host, path, visit.IsSecure, turn: (int)visit.Now.ToUnixTimeSeconds());

    private static bool IsDocument(HttpContext context, RequestState visit) =>
        visit.Plan is DocumentPlan.Document or DocumentPlan.MaybeDocument
        && (context.Response.StatusCode == StatusCodes.Status304NotModified || HtmlEligibility.IsHtml(context.Response.Headers.ContentType));

    // SameSite=Lax: the consent cookie comes with same-site requests and with top-level navigations by GET. A cross-site post
    // without it must not look like a visitor who granted nothing.
    // Without fetch metadata a GET may be that of a frame in another site: then only a consent cookie that came, or where it came from,
    // tells.
    private static bool ConsentCouldArrive(HttpRequest request, RequestState visit) =>
        visit.Plan == DocumentPlan.MaybeDocument
            ? HttpMethods.IsGet(request.Method) && (visit.Consent.State.Day is not null || request.Headers.Referer.Count == 0 || HostAndPort.IsRefererOf(request))
            : HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "same-origin" or "same-site";

    // A version that nobody here knows may come from a replica ahead of us: nothing is deleted on its account.
    private static bool IsOursToDelete(CutCookie cut, RequestState visit) =>
        visit.Consent is { State.KnowsAll: true, HasNewer: false }
        || (cut.Row is { Entry: var entry }
            && ((entry.HeldBackBy & visit.Signals) != 0 || visit.Consent.State.AnswerFor(entry.Category) == Answer.Refused));
}
