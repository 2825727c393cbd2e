using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The choices of the visitor as a page with a form. It works without JavaScript, and with the Content-Security-Policy
/// <c>default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'</c>.
/// </summary>
/// <remarks>
/// The form posts to <c>{prefix}/choice</c>: <c>choice</c> = <c>save</c>, <c>accept</c> or <c>refuse</c>; <c>granted</c> once for each
/// ticked category; <c>objected=audience</c> if the visitor objects; <c>return</c> = the page to return to.
/// </remarks>
internal static class SettingsPage
{
    /// <summary>
    /// The page at <c>{prefix}/</c>, with a link back to the path and query from which the visitor came, if known.
    /// After a choice, it states that the choice is saved. It also states which signal of the browser is respected.
    /// </summary>
    public static string Render(SiteNotice notice, ConsentState state, string language, string? back, bool saved = false, BrowserSignals signals = BrowserSignals.None)
    {
        var translations = notice.In(language);
        var address = back is null ? $"{notice.Prefix}/?" : $"{notice.Prefix}/?return={Uri.EscapeDataString(back)}&";
        var policy = PageShell.Link($"{notice.Prefix}/policy?lang={language}", translations["banner.policy"]);

        return PageShell.Render(notice, language, translations["choice.manage"], address, HtmlContent.Of($"""
            {HtmlContent.Of($"<p class=\"note\" role=\"status\">{translations["status.saved"]}</p>\n").If(saved)}{Notes(notice, translations, signals)}{Body(notice, state, translations, back)}
            {HtmlContent.Of($"<p>{translations.Format("settings.policy", policy)}</p>\n").If(notice.IsEnforced)}{HtmlContent.Of($"<p><a href=\"{back}\">{translations["settings.back"]}</a></p>\n").If(back is not null)}
            """));
    }

    // What is not held back is said where something is: an observed site takes no choice at all.
    private static HtmlContent Notes(SiteNotice notice, Translations translations, BrowserSignals signals)
    {
        var respected = signals.HasFlag(BrowserSignals.GlobalPrivacyControl) && !new PolicyFacts(notice).SellsAnyway;
        return HtmlContent.Of($"<p class=\"note\">{translations["signal.test"]}</p>\n").If(notice.Showing == Showing.Test)
            + HtmlContent.Of($"<p class=\"note\">{translations["signal.gpc"]}</p>\n").If(respected)
            + PolicyExplanations.Limits(notice, translations).If(notice.IsEnforced);
    }

    private static HtmlContent Body(SiteNotice notice, ConsentState state, Translations translations, string? back) =>
        !notice.IsEnforced ? HtmlContent.Of($"<p>{translations["settings.observes"]}</p>")
        : !notice.Rules.HasChoice ? HtmlContent.Of($"<p>{translations["settings.none"]}</p>")
        : HtmlContent.Of($"""
            <p>{translations["settings.intro"]}</p>
            {Asks(notice, translations)}{Decided(notice, state, translations)}{SettingsForm.Render(notice, state, translations, back ?? "/")}
            """);

    private static HtmlContent Asks(SiteNotice notice, Translations translations)
    {
        var asks = translations.Format(
            "settings.asks",
            notice.Controller.Name,
            translations["choice.accept"],
            translations["choice.refuse"],
            translations.Days(notice.Rules.Cookie.Days));
        var domain = notice.Rules.Cookie.Domain;
        return HtmlContent.Of($"<p>{asks}</p>\n").If(notice.Rules.Asks)
            + HtmlContent.Of($"<p>{translations.Format("banner.scope", domain ?? "")}</p>\n").If(domain is not null);
    }

    private static HtmlContent Decided(SiteNotice notice, ConsentState state, Translations translations)
    {
        if (state.Day is not { } day)
            return HtmlContent.Of($"<p>{translations["settings.undecided"]}{HtmlContent.Text(" " + translations["settings.untilThen"]).If(new PolicyFacts(notice).HoldsAllBack)}</p>\n").If(notice.Rules.Asks);

        var decided = UtcDays.StartOf(day).ToUtcDate();
        var until = decided.AddDays(notice.Rules.Cookie.Days);
        return HtmlContent.Of($"<p>{translations.Format("settings.decided", translations.Of(decided), translations.Of(until))}</p>\n");
    }
}
