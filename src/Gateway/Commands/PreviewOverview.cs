using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>
/// The page of a preview from which all of a site is seen: one view in one language at a time, in frames that are light and dark, narrow
/// and wide. A frame's own <c>color-scheme</c> is what <c>prefers-color-scheme</c> says in it (tried in Chromium and Firefox).
/// </summary>
internal static class PreviewOverview
{
    /// <summary>What can be seen.</summary>
    public static readonly string[] Views = ["banner", "dialog", "settings", "policy"];

    private static readonly (int Width, int Height)[] Sizes = [(360, 640), (1280, 720)];

    private static readonly string[] Schemes = ["light", "dark"];

    /// <param name="sites">All that are shown.</param>
    /// <param name="site">One of them.</param>
    /// <param name="language">One of its languages.</param>
    /// <param name="view">One of <see cref="Views"/>.</param>
    /// <param name="port">Of the preview.</param>
    public static string Render(IReadOnlyList<SiteConfig> sites, SiteConfig site, string language, string view, int? port) => Markup.Of($$"""
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
        {{Markup.Each(Sizes, size => Markup.Each(Schemes, scheme => Frame(AddressOf(site, language, view), size, scheme)))}}</main>
        </body>
        </html>

        """).Html;

    private static readonly Markup Nothing = new("<p>Every cookie of this site is exempt: nothing is asked, and visitors see a link to the policy.</p>\n");

    private static string AddressOf(SiteConfig site, string language, string view) => view switch
    {
        "settings" => $"{site.Prefix}/?lang={language}&return=%2F%3Fpage%3D{language}",
        "policy" => $"{site.Prefix}/policy?lang={language}",
        _ => $"/?page={language}#{view}",
    };

    private static string Name(SiteConfig site) => site.Id.StartsWith(PreviewConfig.EveryLanguage, StringComparison.Ordinal)
        ? $"{site.Id[PreviewConfig.EveryLanguage.Length..]} in every language"
        : site.Id;

    private static Markup Frame(string address, (int Width, int Height) size, string scheme) => Markup.Of($"""
        <figure>
        <figcaption><a href="{address}">{size.Width} x {size.Height}, {scheme}</a></figcaption>
        <iframe src="{address}" title="{size.Width} x {size.Height}, {scheme}" width="{size.Width}" height="{size.Height}" style="color-scheme: {scheme}"></iframe>
        </figure>

        """);

    private static Markup Forget(SiteConfig site)
    {
        var line = NewCookie.Deletion(site.ConsentCookie.Name, site.ConsentCookie.Domain, "/", isSecure: false);
        return Markup.Of($"""
            <p>A choice made here is kept as on the site. <button data-line="{line}"
            onclick="document.cookie = dataset.line; location.reload()">Forget it, so that the banner asks again</button></p>

            """);
    }

    private static Markup List<T>(IEnumerable<T> items, Func<T, Markup> write) =>
        Markup.Of($"<ul>{Markup.Each(items, item => Markup.Of($"<li>{write(item)}</li>"))}</ul>");

    private static Markup Link(string address, string text, bool isCurrent) =>
        Markup.Of($"<a href=\"{address}\"{new Markup(" aria-current=\"page\"").If(isCurrent)}>{text}</a>");
}
