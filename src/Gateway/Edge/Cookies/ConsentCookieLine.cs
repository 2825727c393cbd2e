using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Edge.Cookies;

/// <summary>
/// The <c>Set-Cookie</c> lines of the consent cookie. Scripts can read it. It is a cookie of the host alone unless a domain is configured.
/// </summary>
internal static class ConsentCookieLine
{
    /// <summary>
    /// The lines for a decision, which is valid for the configured number of days: from now, or from the day of the decision to which it adds.
    /// If the cookie has a domain, an older one of the host alone is deleted: the stricter of the two would apply for months.
    /// </summary>
    public static IEnumerable<string> Decide(RequestState state, ConsentState consent)
    {
        var cookie = state.Site.Rules.Cookie;
        if (cookie.Domain is not null)
            yield return NewCookie.Deletion(cookie.Name, null, "/", state.IsSecure);
        var left = UtcDays.StartOf(consent.Day!.Value + cookie.Days) - state.Now;
        var life = consent.Day == state.Now.ToDayNumber() ? TimeSpan.FromDays(cookie.Days)
            : left > TimeSpan.Zero ? left
            : TimeSpan.FromDays(1);
        yield return Line(state, consent, life);
    }

    /// <summary>
    /// The line for the same decision with first days of audience cookies added. It still expires on the last day of the decision, which is
    /// never prolonged (CNIL 2020-092 § 39).
    /// </summary>
    /// <returns>Null on that last day: a lifetime of zero would delete the cookie.</returns>
    public static string? Remember(RequestState state, Dictionary<string, int> firstDays)
    {
        var (site, consent) = (state.Site, state.Consent.State);
        foreach (var (number, day) in consent.FirstDays)
            firstDays.TryAdd(number, day);

        var remembered = new ConsentState(site.Rules.Versions, consent.Day, consent.Answers, consent.Objected, firstDays);
        var left = UtcDays.StartOf(consent.Day!.Value + site.Rules.Cookie.Days) - state.Now;
        return left > TimeSpan.Zero ? Line(state, remembered, left) : null;
    }

    /// <summary>The line that deletes an unreadable consent cookie.</summary>
    public static string Delete(Site site, bool isSecure) =>
        NewCookie.Deletion(site.Rules.Cookie.Name, site.Rules.Cookie.Domain, "/", isSecure);

    private static string Line(RequestState state, ConsentState consent, TimeSpan life)
    {
        var (cookie, value) = (state.Site.Rules.Cookie, ConsentCookie.Write(consent));
        return new NewCookie(cookie.Name, state.Signer?.Sign(value) ?? value, state.IsSecure)
        {
            MaxAge = LifeOf(state.Site, life),
            Domain = cookie.Domain,
            IsLax = true,
        }.ToLine();
    }

    // A choice that is made in a test lasts no longer than the test.
    private static TimeSpan LifeOf(Site site, TimeSpan life) =>
        site.Notice.Showing == Showing.Test && life > PreviewPass.Life ? PreviewPass.Life : life;
}
