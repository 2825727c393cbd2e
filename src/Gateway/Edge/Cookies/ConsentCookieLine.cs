using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Edge.Cookies;

/// <summary>The <c>Set-Cookie</c> lines of the consent cookie. Readable by the script; of this host unless a domain is configured.</summary>
internal static class ConsentCookieLine
{
    /// <summary>
    /// A new decision: it holds for the configured days from now. Where it counts for a domain, an older one of this host alone goes:
    /// among several the stricter one counts, and it would outvote the new one for months.
    /// </summary>
    public static IEnumerable<string> Decide(Site site, ConsentState state, bool isSecure)
    {
        if (site.Rules.Cookie.Domain is not null)
            yield return ExpiryLines.Line(site.Rules.Cookie.Name, null, "/", isSecure);
        yield return Line(site, ConsentCookie.Write(state), TimeSpan.FromDays(site.Rules.Cookie.Days), isSecure);
    }

    /// <summary>
    /// The same decision with first days of audience cookies added. It still ends with the decision's own last day: a choice never
    /// slides (CNIL 2020-092 § 39).
    /// </summary>
    /// <returns>Null on that last day: a cookie without any time left would delete the choice.</returns>
    public static string? Remember(RequestState visit, Dictionary<string, int> firstDays)
    {
        var state = visit.Consent.State;
        foreach (var (number, day) in state.FirstDays)
            firstDays.TryAdd(number, day);

        var remembered = new ConsentState(visit.Site.Rules, state.Day, state.Answers, state.Objected, firstDays);
        var left = DayNumber.Start(state.Day!.Value + visit.Site.Rules.Cookie.Days) - visit.Now;
        return left > TimeSpan.Zero ? Line(visit.Site, ConsentCookie.Write(remembered), left, visit.IsSecure) : null;
    }

    /// <summary>Deletes what stands in the consent cookie's place and is none.</summary>
    public static string Delete(Site site, bool isSecure) =>
        ExpiryLines.Line(site.Rules.Cookie.Name, site.Rules.Cookie.Domain, "/", isSecure);

    // What is chosen in a test is over with it.
    private static TimeSpan LifeOf(Site site, TimeSpan life) =>
        site.Notice.Showing == Showing.Test && life > PreviewPass.Life ? PreviewPass.Life : life;

    private static string Line(Site site, string value, TimeSpan life, bool isSecure) =>
        $"{site.Rules.Cookie.Name}={value}; Max-Age={(long)LifeOf(site, life).TotalSeconds}; Path=/; SameSite=Lax"
        + (site.Rules.Cookie.Domain is { } domain ? $"; Domain={domain}" : "")
        + (isSecure ? "; Secure" : "");
}
