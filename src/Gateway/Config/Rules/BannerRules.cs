using Gateway.Sites;
using Gateway.Texts;

namespace Gateway.Config.Rules;

/// <summary>That everybody can read the banner and find it again.</summary>
internal static class BannerRules
{
    /// <summary>WCAG 2.2, 1.4.3 and 1.4.6.</summary>
    private const double Least = 4.5, Good = 7;

    public static void Check(SiteConfig site, Diagnostics found)
    {
        if (site.Banner.Control == ControlCorner.None && site.Cookies.Any(entry => entry.NeedsConsent || entry.IsAudience))
        {
            found.At("control").Error("banner", "none", "leaves visitors no way back to their choices.",
                "Let it stand in a corner; where \"opener\" finds the site's own element, it does not show.");
        }

        Check(site.Banner.Theme.Light, found.At("theme").At("light"));
        Check(site.Banner.Theme.Dark, found.At("theme").At("dark"));
    }

    private static void Check(Palette palette, Diagnostics found)
    {
        Check(palette.Text, palette.Ground, "ground", found.At("text"));
        Check(palette.Accent, palette.Ground, "ground", found.At("accent"));
        Check(palette.OnAccent, palette.Accent, "accent", found.At("onAccent"));
    }

    private static void Check(string colour, string behind, string name, Diagnostics found)
    {
        if (!IsColour(colour) || !IsColour(behind))
            return;

        var contrast = Contrast.Between(colour, behind);
        var rule = $"has a contrast of {Math.Floor(contrast * 10) / 10:0.0} to 1 on \"{name}\" ({behind})";
        if (contrast < Least)
            found.Error("V12", colour, $"{rule}, but text needs {Least:0.0}.", "Take a darker or a lighter colour.");
        else if (contrast < Good)
            found.Warn("V12", colour, $"{rule}; {Good:0} is readable for most.", "Take a darker or a lighter colour where you can.");
    }

    // The schema has told of others.
    private static bool IsColour(string text) => text.Length == 7 && text[1..].All(char.IsAsciiHexDigit);
}
