using System.Globalization;
using Gateway.Cookies;

namespace Gateway.Config.Reading;

/// <summary>Validates a string against its schema.</summary>
internal static class StringConstraints
{
    /// <summary>The first constraint that the string violates, and the remedy; null for a valid string.</summary>
    /// <param name="value">The string, with variables expanded.</param>
    /// <param name="schema">The schema of the string.</param>
    public static (string Rule, string? Remedy)? Check(string value, Schema schema)
    {
        if (value.Length == 0 && (schema.Bounds.Least > 0 || schema.Pattern is not null || schema.Format is not null))
            return ("is empty.", "Enter a value, or remove the key.");
        if (value.Length < schema.Bounds.Least)
            return ($"is shorter than {schema.Bounds.Least} characters.", null);
        if (value.Length > schema.Bounds.Most)
            return ($"is longer than {schema.Bounds.Most} characters.", null);
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(value))
            return ($"is not one of: {string.Join(", ", schema.Enum)}.", Suggestion(value, schema.Enum));
        if (schema.Pattern?.IsMatch(value) == false || !HasFormat(value, schema.Format))
            return (schema.Rule ?? "has an invalid format.", null);
        return null;
    }

    private static bool HasFormat(string value, string? format) => format switch
    {
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => Duration.TryParse(value, out _),
        "lifetime" => PublishedDuration.TryRead(value, out _, out _),
        _ => true,
    };

    private static string? Suggestion(string value, IReadOnlyList<string> allowed) =>
        Nearest.Of(value, allowed) is { } nearest ? $"Did you mean \"{nearest}\"?" : null;
}
