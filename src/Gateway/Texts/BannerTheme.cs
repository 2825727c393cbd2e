namespace Gateway.Texts;

/// <summary>
/// The colours, corners and font of the banner and of the gateway's pages. The "Accept all" and "Refuse all" buttons share the accent
/// colours: neither can have a colour of its own.
/// </summary>
internal sealed record BannerTheme
{
    public LightPalette Light { get; init; } = new();

    /// <summary>The colours for visitors who prefer a dark colour scheme.</summary>
    public DarkPalette Dark { get; init; } = new();

    /// <summary>The corner radius of the buttons, in pixels, from 0 to 24. That of the banner is twice as large.</summary>
    public int Radius { get; init; } = 8;

    /// <summary>A list of font families. No font is downloaded.</summary>
    public string Font { get; init; } = "system-ui, sans-serif";

    /// <summary>The theme as CSS custom properties of the elements that the selector matches. Visitors choose light or dark in their system.</summary>
    public string ToCss(string selector) =>
        ToCss(selector, Colours(Light)) + $"@media screen and (prefers-color-scheme:dark){{{selector}{{{Colours(Dark)}}}}}";

    /// <summary>The same in a page of the site, whose <c>color-scheme</c> decides: a dark banner does not fit a page that is always light.</summary>
    public string ToCssOfPage(string selector) =>
        ToCss(selector, Colours(Light)) + $"@supports(color:light-dark(red,red)){{@media screen{{{selector}{{{Colours(Light, Dark)}}}}}}}"
        + $"@media(forced-colors:active){{{selector}{{{Colours("CanvasText", "Canvas", "LinkText", "Canvas")}}}}}";

    private string ToCss(string selector, string colours) => $"{selector}{{{colours};--radius:{Radius}px;--font:{Font}}}";

    private static string Colours(Palette palette) => Colours(palette.Text, palette.Ground, palette.Accent, palette.OnAccent);

    private static string Colours(Palette light, Palette dark) => Colours(
        Either(light.Text, dark.Text), Either(light.Ground, dark.Ground), Either(light.Accent, dark.Accent), Either(light.OnAccent, dark.OnAccent));

    private static string Colours(string text, string ground, string accent, string onAccent) =>
        $"--text:{text};--ground:{ground};--accent:{accent};--on-accent:{onAccent}";

    private static string Either(string light, string dark) => $"light-dark({light},{dark})";
}

/// <summary>Four colours as <c>#rrggbb</c>.</summary>
internal abstract record Palette
{
    public string Text { get; init; } = "#1a1f26";

    /// <summary>The background of the text.</summary>
    public string Ground { get; init; } = "#ffffff";

    /// <summary>The colour of links, and the background of the buttons.</summary>
    public string Accent { get; init; } = "#123f7a";

    /// <summary>The text colour of the buttons.</summary>
    public string OnAccent { get; init; } = "#ffffff";
}

internal sealed record LightPalette : Palette;

internal sealed record DarkPalette : Palette
{
    public DarkPalette() => (Text, Ground, Accent, OnAccent) = ("#eef1f5", "#14181d", "#b3d1ff", "#0b1a2e");
}
