using Gateway.Banner;

namespace Gateway.Script;

/// <summary>The style sheets that a site's theme goes into.</summary>
internal static class BannerStyles
{
    private static readonly Lazy<string> Common = new(() => BuiltScript.Read("ui.css"));

    /// <summary>Of banner, dialog and control.</summary>
    public static string Of(BannerOptions options) =>
        Tokens(options.Theme, ".all") + Common.Value + Corner(options.Control);

    /// <summary>The theme as custom properties of what the selector matches.</summary>
    public static string Tokens(BannerTheme theme, string selector) =>
        $"{selector}{{{Colours(theme.Light)};--radius:{theme.Radius}px;--font:{theme.Font}}}" +
        $"@media screen and (prefers-color-scheme:dark){{{selector}{{{Colours(theme.Dark)}}}}}";

    private static string Colours(Palette palette) =>
        $"--text:{palette.Text};--ground:{palette.Ground};--accent:{palette.Accent};--on-accent:{palette.OnAccent}";

    private static string Corner(ControlCorner corner) =>
        corner == ControlCorner.Right ? ".corner{right:12px;justify-items:end}" : ".corner{left:12px;justify-items:start}";
}
