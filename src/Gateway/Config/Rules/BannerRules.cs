using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>Rules for the banner: it must be readable, and visitors must be able to reopen it.</summary>
internal static class BannerRules
{
    /// <summary>The contrast ratios of WCAG 2.2, success criteria 1.4.3 and 1.4.6.</summary>
    private const double Minimum = 4.5, Enhanced = 7;

    public static void Check(SiteConfig site, Diagnostics diagnostics)
    {
        if (site.Banner.Control == ControlCorner.None && site.Cookies.Any(entry => entry.NeedsConsent || entry.IsAudience))
        {
            diagnostics.At("control").Error("banner", "none", "removes the only way for visitors to change their choices.",
                "Use \"left\" or \"right\". The control is hidden on pages where \"opener\" matches an element.");
        }

        Check(site.Banner.Theme.Light, diagnostics.At("theme").At("light"));
        Check(site.Banner.Theme.Dark, diagnostics.At("theme").At("dark"));
    }

    private static void Check(Palette palette, Diagnostics diagnostics)
    {
        Check(palette.Text, palette.Ground, "ground", diagnostics.At("text"));
        Check(palette.Accent, palette.Ground, "ground", diagnostics.At("accent"));
        Check(palette.OnAccent, palette.Accent, "accent", diagnostics.At("onAccent"));
    }

    private static void Check(string colour, string behind, string name, Diagnostics diagnostics)
    {
        if (!IsColour(colour) || !IsColour(behind))
            return;

        var contrast = Contrast.Between(colour, behind);
        var rule = $"has a contrast of {Math.Floor(contrast * 10) / 10:0.0} to 1 on \"{name}\" ({behind})";
        if (contrast < Minimum)
            diagnostics.Error("V12", colour, $"{rule}; the minimum for text is {Minimum:0.0} to 1.", "Use a darker or a lighter colour.");
        else if (contrast < Enhanced)
            diagnostics.Warn("V12", colour, $"{rule}; {Enhanced:0} to 1 is recommended.", "Use a darker or a lighter colour if possible.");
    }

    // The schema reports invalid colours.
    private static bool IsColour(string text) => text.Length == 7 && text[1..].All(char.IsAsciiHexDigit);
}
