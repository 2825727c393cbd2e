namespace Gateway.Texts;

/// <summary>
/// The plural rules of the supported languages: the cardinal rules of CLDR for integers below a million, the maximum of a duration.
/// </summary>
internal static class Plurals
{
    /// <summary>The plural category of a number.</summary>
    /// <param name="language">One of <see cref="Languages.Supported"/>.</param>
    /// <param name="number">A number from 0.</param>
    /// <returns><c>zero</c>, <c>one</c>, <c>two</c>, <c>few</c>, <c>many</c> or <c>other</c>.</returns>
    public static string Of(string language, int number)
    {
        var (ten, hundred) = (number % 10, number % 100);
        return language switch
        {
            "ar" => number switch { 0 => "zero", 1 => "one", 2 => "two", _ => hundred switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" } },
            "cs" or "sk" => number switch { 1 => "one", >= 2 and <= 4 => "few", _ => "other" },
            "fr" or "pt" => number < 2 ? "one" : "other",
            "ga" => number switch { 1 => "one", 2 => "two", >= 3 and <= 6 => "few", >= 7 and <= 10 => "many", _ => "other" },
            "hr" => Slavic(number, "other"),
            "is" => ten == 1 && hundred != 11 ? "one" : "other",
            "lt" => hundred is >= 11 and <= 19 || ten == 0 ? "other" : ten == 1 ? "one" : "few",
            "lv" => hundred is >= 11 and <= 19 || ten == 0 ? "zero" : ten == 1 ? "one" : "other",
            "mt" => number switch { 1 => "one", 2 => "two", 0 => "few", _ => hundred switch { >= 3 and <= 10 => "few", >= 11 and <= 19 => "many", _ => "other" } },
            "pl" => number == 1 ? "one" : ten == 1 ? "many" : Slavic(number, "many"),
            "ro" => number == 1 ? "one" : number == 0 || hundred is >= 1 and <= 19 ? "few" : "other",
            "sl" => hundred switch { 1 => "one", 2 => "two", 3 or 4 => "few", _ => "other" },
            "uk" => Slavic(number, "many"),
            _ => number == 1 ? "one" : "other",
        };
    }

    // By the last digit, except for 11 to 14.
    private static string Slavic(int number, string rest) => number % 100 is >= 11 and <= 14
        ? rest
        : (number % 10) switch { 1 => "one", >= 2 and <= 4 => "few", _ => rest };
}
