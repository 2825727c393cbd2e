using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The frame of the gateway's own pages: no script, no inline style, so the strictest policy lets them work.</summary>
internal static class PageShell
{
    /// <summary>A whole page; its address is path and query without the language, ending in <c>?</c> or <c>&amp;</c>.</summary>
    public static string Render(SiteNotice notice, string language, string title, string address, Markup main)
    {
        var phrases = notice.In(language);
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="{language}" dir="{phrases["language.direction"]}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} - {SiteName(notice, phrases)}</title>
            <link rel="stylesheet" href="{PageStyles.For(notice).Path}">
            </head>
            <body>
            <header>
            <p><a href="/">{SiteName(notice, phrases)}</a></p>
            {Switch(notice, language, address)}</header>
            <main>
            <h1>{title}</h1>
            {main}</main>
            </body>
            </html>

            """).Html;
    }

    /// <summary>The site's hosts, or the words for it where it answers to every host.</summary>
    public static string SiteName(SiteNotice notice, Translations phrases) =>
        notice.Hosts.Contains("*") ? phrases["policy.table.here"] : string.Join(phrases.Comma, notice.Hosts);

    public static Markup Link(string href, string text) => Markup.Of($"<a href=\"{href}\">{text}</a>");

    /// <summary>An https address as a link, an e-mail address as a <c>mailto:</c> link, anything else as text.</summary>
    public static Markup Contact(string contact) =>
        contact.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? Link(contact, contact)
        : contact.Contains('@') && !contact.Any(char.IsWhiteSpace) ? Link("mailto:" + contact, contact)
        : Markup.Text(contact);

    private static Markup Switch(SiteNotice notice, string language, string address) => Markup.Of($"""
        <nav aria-label="{notice.In(language)["language.switch"]}">
        <ul>
        {Markup.Each(notice.Languages, one => Item(notice.In(one), one == language, address))}</ul>
        </nav>

        """).If(notice.Languages.Count > 1);

    private static Markup Item(Translations phrases, bool current, string address)
    {
        var (language, name) = (phrases.Language, phrases["language.name"]);
        return current
            ? Markup.Of($"<li><span aria-current=\"true\">{name}</span></li>\n")
            : Markup.Of($"<li><a href=\"{address}lang={language}\" lang=\"{language}\" hreflang=\"{language}\">{name}</a></li>\n");
    }
}
