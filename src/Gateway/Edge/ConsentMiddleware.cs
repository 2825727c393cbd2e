using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Edge.Cookies;
using Gateway.Edge.Documents;
using Gateway.Html;
using Gateway.Sites;

namespace Gateway.Edge;

/// <summary>Takes the snapshot, the site and the visitor's consent, once for the whole request, and cuts its cookies accordingly.</summary>
internal sealed class ConsentMiddleware(RequestDelegate next, LiveSnapshot live, RefusalLog refusals, RouteHints routes, FilterFailures failures, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var snapshot = live.Current;
        if (snapshot.Find(request.Host.Host) is not { } site)
            return MisdirectedAsync(context.Response);

        // What visitors see decides, not the hop between a TLS terminator and us.
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

        var consent = ConsentCookie.Read(site.Observes ? null : sent, site.Rules, now);
        var signals = site.Honours == BrowserSignals.None ? BrowserSignals.None : SignalHeaders.Of(request) & site.Honours;
        var grants = consent.State.Grants.Under(signals);
        var (forwarded, cut) = sent is null ? new CookieHeaderOutcome(null, []) : CutOrDrop(sent, site, grants);
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
            Plan = plan,
            Route = plan is DocumentPlan.None ? null : routes.Find(site, request.Path.Value ?? "/"),
            Now = now,
            Client = isTerminated ? null : context.Connection.RemoteIpAddress,
            IsSecure = request.IsHttps,
        });
        return next(context);
    }

    private CookieHeaderOutcome CutOrDrop(string sent, Site site, Grants grants)
    {
        try
        {
            return Cut(sent, site, grants);
        }
        catch (Exception error)
        {
            failures.Report(site, FilterPart.RequestCookies, error);
            return new(null, []);
        }
    }

    private CookieHeaderOutcome Cut(string sent, Site site, Grants grants)
    {
        if (site.IsOff)
            return new(CookieHeaderFilter.WithoutOwn(sent, site.Own), []);

        var outcome = CookieHeaderFilter.Filter(sent, site.Table, grants, site.Own);
        refusals.Cut(site, outcome.Cut);
        return site.Observes ? outcome with { Header = CookieHeaderFilter.WithoutOwn(sent, site.Own) } : outcome;
    }

    // RFC 9110 15.5.20: this server does not answer for that host.
    private static Task MisdirectedAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("No site of this gateway has this host name. Add it under \"hosts\" of its site.\n");
    }
}
