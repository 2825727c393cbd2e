using System.Text;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>The layout of the gateway's pages. It has neither scripts nor inline styles, so that a strict Content-Security-Policy allows it.</summary>
internal static class PageShell
{
    private static readonly Lazy<string> Styles = new(() => EmbeddedFile.Read("pages.css").TrimEnd());

    /// <summary>The style sheet of the gateway's pages, with the theme of the site.</summary>
    public static HashedFile StylesOf(SiteNotice notice) =>
        new(Encoding.UTF8.GetBytes(notice.Banner.Theme.ToCss(":root") + Styles.Value), notice.Prefix, ".css");

    /// <summary>Renders a whole page.</summary>
    /// <param name="notice">The information of the site.</param>
    /// <param name="language">The language of the page.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="address">The path and query of the page without the language, ending in <c>?</c> or <c>&amp;</c>.</param>
    /// <param name="main">The content of the page.</param>
    public static string Render(SiteNotice notice, string language, string title, string address, HtmlContent main)
    {
        var translations = notice.In(language);
        return HtmlContent.Of($"""
            <!DOCTYPE html>
            <html lang="{language}" dir="{translations["language.direction"]}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} - {SiteName(notice, translations)}</title>
            <link rel="stylesheet" href="{StylesOf(notice).Path}">
            </head>
            <body>
            <header>
            <p><a href="/">{SiteName(notice, translations)}</a></p>
            {LanguageSwitch(notice, language, address)}</header>
            <main>
            <h1>{title}</h1>
            {main}</main>
            </body>
            </html>

            """).Html;
    }

    /// <summary>The hosts of the site, or a generic name if it serves all hosts.</summary>
    public static string SiteName(SiteNotice notice, Translations translations) =>
        notice.Hosts.Contains("*") ? translations["policy.table.here"] : string.Join(translations.Comma, notice.Hosts);

    public static HtmlContent Link(string href, string text) => HtmlContent.Of($"<a href=\"{href}\">{text}</a>");

    /// <summary>An https URL as a link, an e-mail address as a <c>mailto:</c> link, anything else as text.</summary>
    public static HtmlContent Contact(string contact) =>
        contact.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? Link(contact, contact)
        : contact.Contains('@') && !contact.Any(char.IsWhiteSpace) ? Link("mailto:" + contact, contact)
        : HtmlContent.Text(contact);

    /// <summary>The names of cookies, keys or hosts, as a list of code elements.</summary>
    public static HtmlContent Names(IEnumerable<string> names, Translations translations) =>
        HtmlContent.Join(translations.Comma, names.Select(name => HtmlContent.Of($"<code>{name}</code>")));

    private static HtmlContent LanguageSwitch(SiteNotice notice, string language, string address) => HtmlContent.Of($"""
        <nav aria-label="{notice.In(language)["language.switch"]}">
        <ul>
        {HtmlContent.Each(notice.Languages, one => LanguageLink(notice.In(one), one == language, address))}</ul>
        </nav>

        """).If(notice.Languages.Count > 1);

    private static HtmlContent LanguageLink(Translations translations, bool current, string address)
    {
        var (language, name) = (translations.Language, translations["language.name"]);
        return current
            ? HtmlContent.Of($"<li><span aria-current=\"true\">{name}</span></li>\n")
            : HtmlContent.Of($"<li><a href=\"{address}lang={language}\" lang=\"{language}\" hreflang=\"{language}\">{name}</a></li>\n");
    }
}
