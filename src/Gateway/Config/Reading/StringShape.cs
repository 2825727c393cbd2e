using System.Globalization;
using Gateway.Cookies;

namespace Gateway.Config.Reading;

/// <summary>Holds one text against the schema of its place.</summary>
internal static class StringShape
{
    /// <summary>The first rule that it breaks, and the remedy; null where it keeps all.</summary>
    /// <param name="text">With its variables replaced.</param>
    /// <param name="schema">Of its place.</param>
    public static (string Rule, string? Remedy)? Check(string text, Schema schema)
    {
        if (text.Length == 0 && (schema.Bounds.Least > 0 || schema.Pattern is not null || schema.Format is not null))
            return ("is empty.", "Fill it in, or remove the key.");
        if (text.Length < schema.Bounds.Least)
            return ($"is shorter than {schema.Bounds.Least} characters.", null);
        if (text.Length > schema.Bounds.Most)
            return ($"is longer than {schema.Bounds.Most} characters.", null);
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(text))
            return ($"is not one of: {string.Join(", ", schema.Enum)}.", Meant(text, schema.Enum));
        if (schema.Pattern?.IsMatch(text) == false || !HasFormat(text, schema.Format))
            return (schema.Rule ?? "does not have the right form.", null);
        return null;
    }

    /// <summary>Whether a text of this place becomes something that is no text, so that a wrong one must not be read further.</summary>
    public static bool IsParsed(Schema schema) => schema.Format is not null || schema.Enum.Count > 0;

    private static bool HasFormat(string text, string? format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "lifetime" => Duration.TryParse(text, out _),
        _ => true,
    };

    private static string? Meant(string text, IReadOnlyList<string> words) =>
        Nearest.Of(text, words) is { } meant ? $"Did you mean \"{meant}\"?" : null;
}
