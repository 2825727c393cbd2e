using Gateway.Texts;

namespace Gateway.Script;

/// <summary>The style sheets that a site's theme goes into.</summary>
internal static class BannerStyles
{
    private static readonly Lazy<string> Common = new(() => EmbeddedFile.ReadStyles("ui.css"));

    /// <summary>Of banner, dialog and control.</summary>
    public static string Of(BannerOptions options) =>
        options.Theme.ToCss(".all") + Common.Value + Corner(options.Control);

    private static string Corner(ControlCorner corner) =>
        corner == ControlCorner.Right ? ".corner{right:12px;justify-items:end}" : ".corner{left:12px;justify-items:start}";
}
