using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>
/// The overview page of a preview. It shows one view of a site in one language, in frames that are light and dark, narrow and wide. The
/// <c>color-scheme</c> of a frame decides <c>prefers-color-scheme</c> in its document (verified in Chromium and Firefox).
/// </summary>
internal static class PreviewOverview
{
    /// <summary>The views of a site.</summary>
    public static readonly string[] Views = ["banner", "dialog", "settings", "policy"];

    private static readonly (int Width, int Height)[] Sizes = [(360, 640), (1280, 720)];

    private static readonly string[] Schemes = ["light", "dark"];

    /// <summary>Renders the page.</summary>
    /// <param name="sites">The sites of the preview.</param>
    /// <param name="site">The selected site.</param>
    /// <param name="language">A language of the site.</param>
    /// <param name="view">An item of <see cref="Views"/>.</param>
    /// <param name="port">The port of the preview.</param>
    public static string Render(IReadOnlyList<SiteConfig> sites, SiteConfig site, string language, string view, int? port) => HtmlContent.Of($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{site.Id}}: {{view}} ({{language}})</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem }
        ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
        [aria-current] { font-weight: bold }
        figure { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top }
        iframe { display: block; border: 1px solid; resize: both }
        </style>
        </head>
        <body>
        <h1>Preview: {{string.Join(", ", site.Hosts)}}</h1>
        <nav aria-label="Site">{{List(sites, one => Link($"http://{Snapshot.PreviewHost(one.Id)}:{port}/?show={view}", Name(one), one == site))}}</nav>
        <nav aria-label="Language">{{List(site.Languages, one => Link($"/?lang={one}&show={view}", Translations.For(one)["language.name"], one == language))}}</nav>
        <nav aria-label="View">{{List(Views, one => Link($"/?lang={language}&show={one}", one, one == view))}}</nav>
        {{(new ConsentRules(site.Cookies, site.ConsentCookie).HasChoice ? Forget(site) : Nothing)}}<main>
        {{HtmlContent.Each(Sizes, size => HtmlContent.Each(Schemes, scheme => Frame(AddressOf(site, language, view), size, scheme)))}}</main>
        </body>
        </html>

        """).Html;

    private static readonly HtmlContent Nothing = new("<p>Every cookie of this site is exempt: nothing is asked, and visitors see a link to the policy.</p>\n");

    private static string AddressOf(SiteConfig site, string language, string view) => view switch
    {
        "settings" => $"{site.Prefix}/?lang={language}&return=%2F%3Fpage%3D{language}",
        "policy" => $"{site.Prefix}/policy?lang={language}",
        _ => $"/?page={language}#{view}",
    };

    private static string Name(SiteConfig site) => site.Id.StartsWith(PreviewConfig.EveryLanguage, StringComparison.Ordinal)
        ? $"{site.Id[PreviewConfig.EveryLanguage.Length..]} in every language"
        : site.Id;

    private static HtmlContent Frame(string address, (int Width, int Height) size, string scheme) => HtmlContent.Of($"""
        <figure>
        <figcaption><a href="{address}">{size.Width} x {size.Height}, {scheme}</a></figcaption>
        <iframe src="{address}" title="{size.Width} x {size.Height}, {scheme}" width="{size.Width}" height="{size.Height}" style="color-scheme: {scheme}"></iframe>
        </figure>

        """);

    private static HtmlContent Forget(SiteConfig site)
    {
        var line = NewCookie.Deletion(site.ConsentCookie.Name, site.ConsentCookie.Domain, "/", isSecure: false);
        return HtmlContent.Of($"""
            <p>A choice made here is stored as on the site. <button data-line="{line}"
            onclick="document.cookie = dataset.line; location.reload()">Forget it, so that the banner asks again</button></p>

            """);
    }

    private static HtmlContent List<T>(IEnumerable<T> items, Func<T, HtmlContent> write) =>
        HtmlContent.Of($"<ul>{HtmlContent.Each(items, item => HtmlContent.Of($"<li>{write(item)}</li>"))}</ul>");

    private static HtmlContent Link(string address, string text, bool isCurrent) =>
        HtmlContent.Of($"<a href=\"{address}\"{new HtmlContent(" aria-current=\"page\"").If(isCurrent)}>{text}</a>");
}
