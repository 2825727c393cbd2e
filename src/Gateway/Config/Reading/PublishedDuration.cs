using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Cookies;

namespace Gateway.Config.Reading;

/// <summary>
/// Reads a lifetime as published policies write it, in English or French: <c>1 Year</c>, <c>1 year 1 month</c>, <c>1-2 years</c>,
/// <c>14 days, or until the browser is closed</c>, <c>13 months after the last visit</c>. Of several durations, the longest can be enforced.
/// </summary>
internal static partial class PublishedDuration
{
    private const int MostCharacters = 100;

    /// <summary>Reads a text. A text with a word whose meaning is not known is not a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">What is enforced and published.</param>
    /// <param name="loss">What the text says besides that, as a continuation of the value; null if nothing.</param>
    public static bool TryRead(string text, out Duration duration, out string? loss)
    {
        loss = null;
        if (Duration.TryParse(text, out duration))
            return true;
        if (text.Length > MostCharacters)
            return false;

        var plain = Dash().Replace(text.Trim().ToLowerInvariant(), "-").Replace('’', '\'');
        if (UntilDeleted().IsMatch(plain))
            return Duration.TryParse("until deleted", out duration);

        var parts = Part().Matches(plain).ToList();
        var rest = Part().Replace(plain, " ");
        if (!Filler().IsMatch(rest) || !parts.TrueForAll(part => Amount(part) is >= 1 and <= 100_000))
            return false;
        var hasSession = Session().IsMatch(rest);
        if (parts.Count == 0)
            return hasSession && Duration.TryParse("session", out duration);

        var alternatives = Alternatives(plain, parts);
        duration = alternatives.MaxBy(one => one.Length);
        loss = alternatives.Count > 1 || hasSession || parts.Exists(part => part.Groups["from"].Success)
            ? $"is enforced and published as \"{duration}\", the longest of its durations: the shorter ones cannot be enforced."
            : Renewal().IsMatch(rest)
                ? $"is enforced and published as \"{duration}\" from the moment at which the site sets the name: visits cannot be counted."
                : null;
        return true;
    }

    // "1 year 1 month" is one duration, "1 year or 1 month" are two: the parts of one duration become smaller.
    private static List<Duration> Alternatives(string plain, List<Match> parts)
    {
        var groups = new List<List<Duration>>();
        for (var i = 0; i < parts.Count; i++)
        {
            var part = new Duration(Amount(parts[i]), Unit(parts[i].Groups["unit"].Value));
            var between = i == 0 ? "" : plain[(parts[i - 1].Index + parts[i - 1].Length)..parts[i].Index];
            if (i > 0 && Joint().IsMatch(between) && part.Unit < groups[^1][^1].Unit)
                groups[^1].Add(part);
            else
                groups.Add([part]);
        }

        return [.. groups.Select(Sum)];
    }

    private static Duration Sum(List<Duration> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        if (parts.TrueForAll(part => part.Unit is DurationUnit.Year or DurationUnit.Month))
            return new(parts.Sum(part => part.Unit == DurationUnit.Year ? part.Amount * 12 : part.Amount), DurationUnit.Month);

        var total = parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);
        return parts.Min(part => part.Unit) switch
        {
            DurationUnit.Second => new((int)Math.Min(total.TotalSeconds, int.MaxValue), DurationUnit.Second),
            DurationUnit.Minute => new((int)Math.Min(total.TotalMinutes, int.MaxValue), DurationUnit.Minute),
            DurationUnit.Hour => new((int)Math.Min(total.TotalHours, int.MaxValue), DurationUnit.Hour),
            _ => new((int)total.TotalDays, DurationUnit.Day),
        };
    }

    private static int Amount(Match part) => Math.Max(Number(part.Groups["from"].Value), Number(part.Groups["to"].Value));

    private static int Number(string digits) =>
        digits.Length == 0 ? 0 : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static DurationUnit Unit(string word) => word switch
    {
        "s" => DurationUnit.Second,
        "h" => DurationUnit.Hour,
        "d" or "j" => DurationUnit.Day,
        "w" => DurationUnit.Week,
        "y" => DurationUnit.Year,
        _ => word[..2] switch
        {
            "se" when word.StartsWith("sem", StringComparison.Ordinal) => DurationUnit.Week,
            "se" => DurationUnit.Second,
            "mi" => DurationUnit.Minute,
            "ho" or "hr" or "he" => DurationUnit.Hour,
            "da" or "jo" => DurationUnit.Day,
            "we" => DurationUnit.Week,
            "mo" => DurationUnit.Month,
            _ => DurationUnit.Year,
        },
    };

    [GeneratedRegex(@"(?:(?<from>\d+)\s*(?:-|to|or|and|/|à|ou|et)\s*)?(?<to>\d+)\s*-?\s*(?<unit>seconds?|secondes?|secs?|s|minutes?|mins?|hours?|hrs?|heures?|h|days?|d|jours?|j|weeks?|w|semaines?|months?|mois|mos?|years?|yrs?|y|années?|ans?)\b")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:\s|[,;./()+-]|up to|max(?:imum)?\.?|at most|about|approximately|between|from|until|till|the|your|browser|browsing|session|cookie|is|end|ends|ended|of|when|closed|close|closes|closing|tab|after|since|last|each|every|first|visit|visits|use|or|and|to|on|expires?|jusqu'à|la|le|du|de|des|fermeture|navigateur|à|fin|après|depuis|dernière|première|chaque|visite|visites|ou|et|entre|environ|au plus)*$")]
    private static partial Regex Filler();

    [GeneratedRegex(@"session|browser|navigateur|\btab\b")]
    private static partial Regex Session();

    [GeneratedRegex(@"\b(after|since|après|depuis|each|every|chaque)\b")]
    private static partial Regex Renewal();

    [GeneratedRegex(@"^(\s|,|\band\b|\bet\b)*$")]
    private static partial Regex Joint();

    [GeneratedRegex(@"^(persistent|permanent|permanently|unlimited|never( expires)?|no expir(y|ation)|until (it is )?deleted|persistante?|illimitée?|jusqu'à suppression)\.?$")]
    private static partial Regex UntilDeleted();

    [GeneratedRegex("[‐-―−]")]
    private static partial Regex Dash();
}
