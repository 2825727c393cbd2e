using System.Globalization;
using Gateway.Cookies;

namespace Gateway.Banner;

/// <summary>Numbers, days and enumerations in words.</summary>
internal static class Wording
{
    public static string Of(this Phrases phrases, Duration duration) =>
        duration.IsSession ? phrases["duration.session"]
        : duration.IsUntilDeleted ? phrases["duration.untilDeleted"]
        : phrases.Count($"duration.{Camel(duration.Unit.ToString())}", duration.Amount);

    /// <summary>How long an entry stays; what ends with the session depends on the kind.</summary>
    public static string DurationOf(this Phrases phrases, CookieEntry entry) => (entry.Duration.IsSession, entry.Kind) switch
    {
        (true, EntryKind.SessionStorage) => phrases["duration.tab"],
        (true, EntryKind.Host) => phrases["duration.visit"],
        _ => phrases.Of(entry.Duration),
    };

    public static string Days(this Phrases phrases, int days) => phrases.Count("duration.day", days);

    public static string Of(this Phrases phrases, DateOnly day) => phrases.Format(
        "date.day",
        day.Day.ToString(CultureInfo.InvariantCulture),
        phrases[$"date.month.{day.Month}"],
        day.Year.ToString(CultureInfo.InvariantCulture));

    public static string Of(this Phrases phrases, EntryKind kind) => phrases[$"kind.{Camel(kind.ToString())}"];

    public static string Of(this Phrases phrases, Party party) => phrases[$"policy.party.{Camel(party.ToString())}"];

    public static string Of(this Phrases phrases, ExemptionReason reason) => phrases[$"policy.reason.{Camel(reason.ToString())}"];

    /// <summary>Name of the country where it is one outside the EEA, its code where we have no name; else null.</summary>
    public static string? Abroad(this Phrases phrases, string? country) =>
        country is null || Eea.Contains(country) ? null : phrases.Find($"country.{country}") ?? country;

    /// <summary>An operator's text in a language, or in the nearest one that there is.</summary>
    public static string In(this IReadOnlyDictionary<string, string> texts, string language) =>
        texts.TryGetValue(language, out var text)
            ? text
            : texts.Count == 0 ? "" : texts[Languages.Match([.. texts.Keys], language) ?? texts.Keys.Order(StringComparer.Ordinal).First()];

    /// <summary>A member's name as the configuration spells it.</summary>
    public static string Camel(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
