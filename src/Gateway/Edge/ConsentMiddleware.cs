using System.Runtime.CompilerServices;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>
/// Determines the snapshot, the site and the visitor's consent, once for the whole request, and removes the request's cookies that the visitor
/// did not grant.
/// </summary>
internal sealed class ConsentMiddleware(
    RequestDelegate next, LiveSnapshot live, Sightings sightings, RouteHints routes, ThirdPartyHeaders parties, FilterFailures failures, TimeProvider time)
{
    // In characters of values: some thousand values of visitors, or a few dozen forged ones of the greatest length.
    private const int KnownCharacters = 128 * 1024;

    // Values of the consent cookie that were read before. Equal choices have equal values, so most values are known.
    private readonly ConditionalWeakTable<ConsentRules, BoundedMemory<ConsentState>> _known = [];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var snapshot = live.Current;
        if (snapshot.Find(RequestHost.Of(request).Name) is not { } site)
            return MisdirectedAsync(context.Response);

        // The scheme that the visitor sees counts, not that of the hop from a TLS terminator.
        var isTerminated = site.PublicUrl?.Scheme == Uri.UriSchemeHttps && !request.IsHttps;
        if (site.PublicUrl is { } url)
            request.Scheme = url.Scheme;

        var sent = request.Headers.Cookie.Count switch
        {
            0 => null,
            1 => request.Headers.Cookie[0],
            _ => string.Join("; ", request.Headers.Cookie.AsEnumerable()),
        };
        var now = time.GetUtcNow();
        if (site.Test is { } test && sent is not null && snapshot.Pass?.IsIn(sent, site, now) == true)
        {
            site = test;
            context.Response.OnStarting(CacheHeaders.KeepNowhereAsync, context.Response);
        }

        var consent = ConsentCookie.Read(site.IsEnforced ? sent : null, site.Rules, now, _known.GetValue(site.Rules, RememberFor));
        var signals = site.Honours == BrowserSignals.None ? BrowserSignals.None : SignalsOf(request) & site.Honours;
        var grants = consent.State.Grants.Under(signals);
        var (forwarded, cut) = sent is null ? new CookieHeaderOutcome(null, []) : CutOrDrop(context, sent, site, grants);
        var plan = HtmlEligibility.PlanOf(request);
        context.Features.Set(new RequestState
        {
            Site = site,
            Pass = snapshot.Pass,
            Consent = consent,
            Signals = signals,
            Grants = grants,
            SentCookies = sent,
            ForwardedCookies = forwarded,
            Cut = cut,
            IsLeftAlone = site.IsOff || site.Excluded.Match(RawTarget.PathOf(context)),
            Plan = plan,
            Policy = parties.PolicyFor(context, site, grants),
            Route = plan is DocumentPlan.None ? null : routes.Find(site, request.Path.Value ?? "/"),
            Now = now,
            Client = isTerminated ? null : context.Connection.RemoteIpAddress,
            IsSecure = request.IsHttps,
        });
        return next(context);
    }

    /// <summary>The signals in a request's headers. Browsers send them with every request.</summary>
    private static BrowserSignals SignalsOf(HttpRequest request) =>
        request.Headers["Sec-GPC"] is ["1", ..] ? BrowserSignals.GlobalPrivacyControl : BrowserSignals.None;

    private BoundedMemory<ConsentState> RememberFor(ConsentRules rules) => new(KnownCharacters, lifetime: TimeSpan.FromHours(1), time);

    private CookieHeaderOutcome CutOrDrop(HttpContext context, string sent, Site site, Grants grants)
    {
        try
        {
            return Cut(context, sent, site, grants);
        }
        catch (Exception error)
        {
            failures.Report(site, FilterPart.RequestCookies, error);
            return new(null, []);
        }
    }

    private CookieHeaderOutcome Cut(HttpContext context, string sent, Site site, Grants grants)
    {
        if (site.IsOff)
            return new(CookieHeaderFilter.WithoutGatewayCookies(sent, site.GatewayCookie), []);

        var outcome = CookieHeaderFilter.Filter(sent, site.Table, grants, site.GatewayCookie);
        if (outcome.Cut.Count > 0)
            sightings.Add(site, outcome.Cut, RawTarget.OrPath(context));
        return site.IsEnforced ? outcome : outcome with { Header = CookieHeaderFilter.WithoutGatewayCookies(sent, site.GatewayCookie) };
    }

    // RFC 9110 15.5.20.
    private static Task MisdirectedAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("No site of this gateway has this host name. Add it to the \"hosts\" of a site.\n");
    }
}
