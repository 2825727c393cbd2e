namespace Gateway.Texts;

/// <summary>
/// What makes the banner and the gateway's pages look like the site. "Accept all" and "Refuse all" have the accent's colours both: none has
/// a colour of its own.
/// </summary>
internal sealed record BannerTheme
{
    public LightPalette Light { get; init; } = new();

    /// <summary>For visitors whose system is dark.</summary>
    public DarkPalette Dark { get; init; } = new();

    /// <summary>Of the buttons' corners, in pixels, 0 to 24; the banner's are twice as round.</summary>
    public int Radius { get; init; } = 8;

    /// <summary>Font families by name, the first that is there; none is loaded.</summary>
    public string Font { get; init; } = "system-ui, sans-serif";

    /// <summary>The theme as CSS custom properties of the elements that the selector matches.</summary>
    public string ToCss(string selector) =>
        $"{selector}{{{Colours(Light)};--radius:{Radius}px;--font:{Font}}}" +
        $"@media screen and (prefers-color-scheme:dark){{{selector}{{{Colours(Dark)}}}}}";

    private static string Colours(Palette palette) =>
        $"--text:{palette.Text};--ground:{palette.Ground};--accent:{palette.Accent};--on-accent:{palette.OnAccent}";
}

/// <summary>Colours as <c>#rrggbb</c>.</summary>
internal abstract record Palette
{
    public string Text { get; init; } = "#1a1f26";

    /// <summary>Behind the text.</summary>
    public string Ground { get; init; } = "#ffffff";

    /// <summary>Of links, and behind the words of the buttons.</summary>
    public string Accent { get; init; } = "#123f7a";

    /// <summary>Of the words on the accent.</summary>
    public string OnAccent { get; init; } = "#ffffff";
}

internal sealed record LightPalette : Palette;

internal sealed record DarkPalette : Palette
{
    public DarkPalette() => (Text, Ground, Accent, OnAccent) = ("#eef1f5", "#14181d", "#b3d1ff", "#0b1a2e");
}
