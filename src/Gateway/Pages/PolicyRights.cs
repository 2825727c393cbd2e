using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>How visitors change their choice, who the controller is, and the rights of visitors (GDPR 7(3), 13, 15–21, 77).</summary>
internal static class PolicyRights
{
    public static HtmlContent Choice(SiteNotice notice, PolicyFacts facts, string language)
    {
        var translations = notice.In(language);
        var cookie = notice.Rules.Cookie;
        var settings = PageShell.Link($"{notice.Prefix}/?lang={language}", translations["choice.manage"]);
        var kept = notice.Rules.HasAudience ? "policy.choice.cookieAudience" : "policy.choice.cookie";
        var change = notice.Rules.Asks ? "policy.choice.withdraw" : "policy.audience.object";
        return HtmlContent.Of($"""
            <h2 id="choice">{translations["policy.choice.title"]}</h2>
            <p>{translations.Format(change, settings)}</p>
            <p>{translations.Format("policy.choice.kept", translations.Days(cookie.Days))} {translations.Format(kept, HtmlContent.Of($"<code>{cookie.Name}</code>"))}{HtmlContent.Text(" " + translations["policy.choice.noRecord"]).If(facts.TellsNobody)}</p>
            {HtmlContent.Of($"<p>{translations.Format("policy.choice.scope", cookie.Domain ?? "")}</p>\n").If(cookie.Domain is not null)}
            """).If(facts.Choice);
    }

    public static HtmlContent Controller(SiteNotice notice, PolicyFacts facts, Translations translations)
    {
        var controller = notice.Controller;
        var name = HtmlContent.Text(controller.Name);
        var authority = PageShell.Link(controller.Authority.Url, controller.Authority.Name);
        return HtmlContent.Of($"""
            <h2 id="controller">{translations["policy.controller.title"]}</h2>
            <dl>
            {Fact(translations, "name", name)}{Fact(translations, "address", Text(controller.Address))}{Fact(translations, "contact", Link(controller.Contact))}
            {Fact(translations, "officer", Link(controller.DataProtectionOfficer))}{Fact(translations, "notice", Link(controller.PrivacyNotice))}
            {Fact(translations, "authority", authority)}</dl>
            <p>{translations.Format("policy.rights.ask", name)}</p>
            {Paragraph(translations, "policy.rights.portability").If(facts.Asked)}{Paragraph(translations, "policy.rights.object").If(facts.Necessary || facts.Audience)}
            <p>{translations.Format("policy.rights.complain", authority)}</p>

            """);
    }

    private static HtmlContent? Text(string? text) => string.IsNullOrEmpty(text) ? null : HtmlContent.Text(text);

    private static HtmlContent? Link(string? contact) => string.IsNullOrEmpty(contact) ? null : PageShell.Contact(contact);

    private static HtmlContent Fact(Translations translations, string key, HtmlContent? value) =>
        HtmlContent.Of($"<dt>{translations[$"policy.controller.{key}"]}</dt><dd>{value ?? HtmlContent.Empty}</dd>\n").If(value is not null);

    private static HtmlContent Paragraph(Translations translations, string key) => HtmlContent.Of($"<p>{translations[key]}</p>\n");
}
