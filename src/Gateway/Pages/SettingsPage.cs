using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The visitor's choices as a plain page: what the banner does by script, a form does here. It works without JavaScript and
/// under <c>default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'</c>.
/// </summary>
/// <remarks>
/// The form posts to <c>{prefix}/choice</c>: <c>choice</c> = <c>save</c>, <c>accept</c> or <c>refuse</c>; <c>granted</c> once for each
/// category ticked; <c>objected=audience</c> where the visitor objects; <c>return</c> = the page to go back to.
/// </remarks>
internal static class SettingsPage
{
    /// <summary>
    /// The page at <c>{prefix}/</c>, with a link back to the path and query from which the visitor came, where that is known.
    /// It says that the choices are saved where one was made just now, and which signal of the
    /// browser is respected.
    /// </summary>
    public static string Render(SiteNotice notice, ConsentState state, string language, string? back, bool saved = false, BrowserSignals signals = BrowserSignals.None)
    {
        var phrases = notice.In(language);
        var address = back is null ? $"{notice.Prefix}/?" : $"{notice.Prefix}/?return={Uri.EscapeDataString(back)}&";
        var policy = PageShell.Link($"{notice.Prefix}/policy?lang={language}", phrases["banner.policy"]);

        return PageShell.Render(notice, language, phrases["choice.manage"], address, Markup.Of($"""
            {Markup.Of($"<p class=\"note\" role=\"status\">{phrases["status.saved"]}</p>\n").If(saved)}{Markup.Of($"<p class=\"note\">{phrases["signal.test"]}</p>\n").If(notice.Showing == Showing.Test)}{Markup.Of($"<p class=\"note\">{phrases["signal.gpc"]}</p>\n").If(signals.HasFlag(BrowserSignals.GlobalPrivacyControl))}{Body(notice, state, phrases, back)}
            <p>{phrases.Format("settings.policy", policy)}</p>
            {Markup.Of($"<p><a href=\"{back}\">{phrases["settings.back"]}</a></p>\n").If(back is not null)}
            """));
    }

    private static Markup Body(SiteNotice notice, ConsentState state, Translations phrases, string? back) =>
        !notice.IsEnforced ? Markup.Of($"<p>{phrases["settings.observes"]}</p>")
        : !notice.Rules.HasChoice ? Markup.Of($"<p>{phrases["settings.none"]}</p>")
        : Markup.Of($"""
            <p>{phrases["settings.intro"]}</p>
            {Asks(notice, phrases)}{Decided(notice, state, phrases)}{SettingsForm.Render(notice, state, phrases, back ?? "/")}
            """);

    private static Markup Asks(SiteNotice notice, Translations phrases)
    {
        var asks = phrases.Format(
            "settings.asks",
            notice.Controller.Name,
            phrases["choice.accept"],
            phrases["choice.refuse"],
            phrases.Days(notice.Rules.Cookie.Days));
        var domain = notice.Rules.Cookie.Domain;
        return Markup.Of($"<p>{asks}</p>\n").If(notice.Rules.Asks)
            + Markup.Of($"<p>{phrases.Format("banner.scope", domain ?? "")}</p>\n").If(domain is not null);
    }

    private static Markup Decided(SiteNotice notice, ConsentState state, Translations phrases)
    {
        if (state.Day is not { } day)
            return Markup.Of($"<p>{phrases["settings.undecided"]}</p>\n").If(notice.Rules.Asks);

        var decided = UtcDays.StartOf(day).ToUtcDate();
        var until = decided.AddDays(notice.Rules.Cookie.Days);
        return Markup.Of($"<p>{phrases.Format("settings.decided", phrases.Of(decided), phrases.Of(until))}</p>\n");
    }
}
