using System.Net;
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
    RequestDelegate next, LiveSnapshot live, Sightings sightings, RouteHints routes, ThirdPartyHeaders parties, FilterFailures failures,
    KnownStates known, TimeProvider time)
{
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

        var signer = ChoiceSigner.For(site.Rules.Cookie, RequestHost.Of(request).Name);
        var consent = ConsentCookie.Read(site.IsEnforced ? sent : null, site.Rules, now, known, signer);
        var signals = site.Honours == BrowserSignals.None ? BrowserSignals.None : SignalsOf(request) & site.Honours;
        var grants = consent.State.Grants.Under(signals);
        var client = isTerminated ? null : context.Connection.RemoteIpAddress;
        var (forwarded, cut) = sent is null ? new CookieHeaderOutcome(null, []) : CutOrDrop(context, sent, site, grants, client);
        var plan = HtmlEligibility.PlanOf(request);
        context.Features.Set(new RequestState
        {
            Site = site,
            Pass = snapshot.Pass,
            Consent = consent,
            Signer = signer,
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
            Client = client,
            IsSecure = request.IsHttps,
        });
        return next(context);
    }

    /// <summary>The signals in a request's headers. Browsers send them with every request.</summary>
    private static BrowserSignals SignalsOf(HttpRequest request) =>
        request.Headers["Sec-GPC"] is ["1", ..] ? BrowserSignals.GlobalPrivacyControl : BrowserSignals.None;

    private CookieHeaderOutcome CutOrDrop(HttpContext context, string sent, Site site, Grants grants, IPAddress? client)
    {
        try
        {
            return Cut(context, sent, site, grants, client);
        }
        catch (Exception error)
        {
            failures.Report(site, FilterPart.RequestCookies, error);
            return new(null, []);
        }
    }

    private CookieHeaderOutcome Cut(HttpContext context, string sent, Site site, Grants grants, IPAddress? client)
    {
        if (site.IsOff)
            return new(CookieHeaderFilter.WithoutGatewayCookies(sent, site.GatewayCookie), []);

        var outcome = CookieHeaderFilter.Filter(sent, site.Table, grants, site.GatewayCookie);
        if (outcome.Cut.Count > 0)
            sightings.Add(site, outcome.Cut, client, RawTarget.OrPath(context));
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
