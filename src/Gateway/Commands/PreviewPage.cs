using Gateway.Texts;

namespace Gateway.Commands;

/// <summary>A page without text, on which the banner and the dialog are shown.</summary>
internal static class PreviewPage
{
    public static string Render(string language)
    {
        var translations = Translations.For(language);
        return HtmlContent.Of($$"""
            <!DOCTYPE html>
            <html lang="{{language}}" dir="{{translations["language.direction"]}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{translations["language.name"]}}</title>
            <style>
            html { background: Canvas }
            body { font: 18px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
            p { height: 7.5em; opacity: .25; background: repeating-linear-gradient(currentColor 0 .6em, transparent 0 1.5em) }
            </style>
            </head>
            <body>
            <h1><a href="?page={{language}}">{{translations["language.name"]}}</a></h1>
            {{HtmlContent.Each(Enumerable.Range(0, 6), _ => HtmlContent.Of($"<p></p>\n"))}}</body>
            </html>

            """).Html;
    }
}
