using System.Text;
using Gateway.Cookies;
using Gateway.Texts;

namespace Gateway.Pages;

/// <summary>
/// The documents in place of a frame whose third party the policy of the page refuses: a placeholder, or, once the visitor allows the third
/// party, a document with nothing but the frame. Both work without JavaScript. Their script keeps the page from noticing the difference.
/// </summary>
internal static class FramePage
{
    public const string ScriptExtension = ".frame.js", StylesExtension = ".frame.css";

    /// <summary>The style sheet, with the theme of the site.</summary>
    public static HashedFile StylesOf(SiteNotice notice) =>
        new(Encoding.UTF8.GetBytes(notice.Banner.Theme.ToCss(":root") + EmbeddedFile.Read("frame.css").TrimEnd()), notice.Prefix, StylesExtension);

    public static HashedFile ScriptOf(SiteNotice notice) => new(EmbeddedFile.ReadBytes("frame-page.js"), notice.Prefix, ScriptExtension);

    /// <summary>Says what is not shown, from whom and for which purpose, with a button that allows its category.</summary>
    /// <param name="entry">The entry that lists the host of the frame.</param>
    /// <param name="language">The language of the page.</param>
    /// <param name="address">The path and query of this document, to which the form returns.</param>
    /// <param name="back">The page with the frame, to which the settings page links; null if not known.</param>
    /// <param name="signals">The signals of the browser. What they withdraw cannot be allowed here.</param>
    public static string Placeholder(SiteNotice notice, CookieEntry entry, string language, string address, string? back, BrowserSignals signals)
    {
        var translations = notice.In(language);
        var group = TableGroup.Of(notice, language).First(group => group.Entries.Contains(entry));
        var isWithdrawn = (entry.HeldBackBy & signals) != 0;
        var title = isWithdrawn ? entry.Provider : translations.Format("frame.intro", entry.Provider, group.Title);
        var explanation = isWithdrawn ? translations["signal.gpc"]
            : $"{entry.Function.In(language)} – {entry.Purpose.In(language)}";
        var settings = $"{notice.Prefix}/?lang={language}{(back is null ? "" : $"&return={Uri.EscapeDataString(back)}")}";

        return Render(notice, translations, title, HtmlContent.Of($"""
            <body>
            <main>
            <h1>{title}</h1>
            <p>{explanation}</p>
            {Form(notice, group, translations, address).If(group.Basis == GroupBasis.Consent && !isWithdrawn)}<p><a href="{settings}" target="_top">{translations["choice.manage"]}</a></p>
            </main>
            <script src="{ScriptOf(notice).Path}" data-channel="{notice.Rules.Cookie.Name}"></script>
            </body>
            """));
    }

    /// <summary>The third party's document in a frame that fills this one. The script gives it the attributes of the frame in the page.</summary>
    public static string Wrapper(SiteNotice notice, CookieEntry entry, string language, string url) =>
        Render(notice, notice.In(language), entry.Provider, HtmlContent.Of($"""
            <body>
            <script src="{ScriptOf(notice).Path}" data-url="{url}" data-title="{entry.Provider}"></script>
            <noscript><iframe src="{url}" title="{entry.Provider}" allowfullscreen></iframe></noscript>
            </body>
            """));

    private static string Render(SiteNotice notice, Translations translations, string title, HtmlContent body) => HtmlContent.Of($"""
        <!DOCTYPE html>
        <html lang="{translations.Language}" dir="{translations["language.direction"]}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title}</title>
        <link rel="stylesheet" href="{StylesOf(notice).Path}">
        </head>
        {body}
        </html>

        """).Html;

    private static HtmlContent Form(SiteNotice notice, TableGroup group, Translations translations, string address) => HtmlContent.Of($"""
        <form method="post" action="{notice.Prefix}/choice">
        <input type="hidden" name="choice" value="allow">
        <input type="hidden" name="granted" value="{group.Id}">
        <input type="hidden" name="return" value="{address}">
        <button type="submit">{translations.Format("settings.allow", group.Title)}</button>
        </form>

        """);
}
