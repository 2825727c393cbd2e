using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>How to change one's choice, who answers for the site, and what one can ask of them (GDPR 7(3), 13, 15–21, 77).</summary>
internal static class PolicyRights
{
    public static Markup Choice(SiteNotice notice, PolicyFacts facts, string language)
    {
        var phrases = notice.In(language);
        var cookie = notice.Rules.Cookie;
        var settings = PageShell.Link($"{notice.Prefix}/?lang={language}", phrases["choice.manage"]);
        var kept = notice.Rules.HasAudience ? "policy.choice.cookieAudience" : "policy.choice.cookie";
        var change = notice.Rules.Asks ? "policy.choice.withdraw" : "policy.audience.object";
        return Markup.Of($"""
            <h2 id="choice">{phrases["policy.choice.title"]}</h2>
            <p>{phrases.Format(change, settings)}</p>
            <p>{phrases.Format("policy.choice.kept", phrases.Days(cookie.Days))} {phrases.Format(kept, Markup.Of($"<code>{cookie.Name}</code>"))}</p>
            {Markup.Of($"<p>{phrases.Format("policy.choice.scope", cookie.Domain ?? "")}</p>\n").If(cookie.Domain is not null)}
            """).If(facts.Choice);
    }

    public static Markup Controller(SiteNotice notice, PolicyFacts facts, Translations phrases)
    {
        var controller = notice.Controller;
        var name = Markup.Text(controller.Name);
        var authority = PageShell.Link(controller.Authority.Url, controller.Authority.Name);
        return Markup.Of($"""
            <h2 id="controller">{phrases["policy.controller.title"]}</h2>
            <dl>
            {Fact(phrases, "name", name)}{Fact(phrases, "address", Text(controller.Address))}{Fact(phrases, "contact", Link(controller.Contact))}
            {Fact(phrases, "officer", Link(controller.DataProtectionOfficer))}{Fact(phrases, "notice", Link(controller.PrivacyNotice))}
            {Fact(phrases, "authority", authority)}</dl>
            <p>{phrases.Format("policy.rights.ask", name)}</p>
            {Paragraph(phrases, "policy.rights.portability").If(facts.Asked)}{Paragraph(phrases, "policy.rights.object").If(facts.Necessary || facts.Audience)}
            <p>{phrases.Format("policy.rights.complain", authority)}</p>

            """);
    }

    private static Markup? Text(string? text) => string.IsNullOrEmpty(text) ? null : Markup.Text(text);

    private static Markup? Link(string? contact) => string.IsNullOrEmpty(contact) ? null : PageShell.Contact(contact);

    private static Markup Fact(Translations phrases, string key, Markup? value) =>
        Markup.Of($"<dt>{phrases[$"policy.controller.{key}"]}</dt><dd>{value ?? Markup.Empty}</dd>\n").If(value is not null);

    private static Markup Paragraph(Translations phrases, string key) => Markup.Of($"<p>{phrases[key]}</p>\n");
}
