namespace Gateway.Banner;

/// <summary>The style sheets that a site's theme goes into.</summary>
internal static class BannerStyles
{
    private static readonly Lazy<string> Common = new(() => EmbeddedFile.ReadStyles("ui.css"));

    /// <summary>Of banner, dialog and control.</summary>
    public static string Of(BannerOptions options) =>
        Tokens(options.Theme, ".all") + Common.Value + Corner(options.Control);

    /// <summary>The theme as custom properties of whatever the selector means: by the first letters of the names that the style sheets use.</summary>
    public static string Tokens(BannerTheme theme, string selector) =>
        $"{selector}{{{Colours(theme.Light)};--r:{theme.Radius}px;--f:{theme.Font}}}" +
        $"@media screen and (prefers-color-scheme:dark){{{selector}{{{Colours(theme.Dark)}}}}}";

    private static string Colours(Palette palette) =>
        $"--t:{palette.Text};--g:{palette.Ground};--a:{palette.Accent};--o:{palette.OnAccent}";

    private static string Corner(ControlCorner corner) =>
        corner == ControlCorner.Right ? ".corner{right:12px;justify-items:end}" : ".corner{left:12px;justify-items:start}";
}
