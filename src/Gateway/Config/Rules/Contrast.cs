using System.Globalization;

namespace Gateway.Config.Rules;

/// <summary>Contrast between two colours, as WCAG 2.2 reckons it: 1 to 21.</summary>
internal static class Contrast
{
    /// <param name="one">As <c>#rrggbb</c>.</param>
    /// <param name="other">As <c>#rrggbb</c>.</param>
    public static double Between(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Part(colour, 1) + 0.7152 * Part(colour, 3) + 0.0722 * Part(colour, 5);

    private static double Part(string colour, int at)
    {
        var part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
