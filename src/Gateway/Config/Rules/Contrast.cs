using System.Globalization;

namespace Gateway.Config.Rules;

/// <summary>Computes the contrast ratio of two colours (WCAG 2.2).</summary>
internal static class Contrast
{
    /// <summary>The contrast ratio, from 1 to 21.</summary>
    /// <param name="one">A colour as <c>#rrggbb</c>.</param>
    /// <param name="other">A colour as <c>#rrggbb</c>.</param>
    public static double Between(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var channel = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
    }
}
