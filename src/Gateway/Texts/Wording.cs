using System.Globalization;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>Numbers, days and enumerations in words.</summary>
internal static class Wording
{
    public static string Of(this Translations phrases, Duration duration) =>
        duration.IsSession ? phrases["duration.session"]
        : duration.IsUntilDeleted ? phrases["duration.untilDeleted"]
        : phrases.Count($"duration.{Camel(duration.Unit.ToString())}", duration.Amount);

    /// <summary>How long an entry stays; what ends with the session depends on the kind.</summary>
    public static string DurationOf(this Translations phrases, CookieEntry entry) => (entry.Duration.IsSession, entry.Kind) switch
    {
        (true, EntryKind.SessionStorage) => phrases["duration.tab"],
        (true, EntryKind.Host) => phrases["duration.visit"],
        _ => phrases.Of(entry.Duration),
    };

    public static string Days(this Translations phrases, int days) => phrases.Count("duration.day", days);

    public static string Of(this Translations phrases, DateOnly day) => phrases.Format(
        "date.day",
        day.Day.ToString(CultureInfo.InvariantCulture),
        phrases[$"date.month.{day.Month}"],
        day.Year.ToString(CultureInfo.InvariantCulture));

    public static string Of(this Translations phrases, EntryKind kind) => phrases[$"kind.{Camel(kind.ToString())}"];

    public static string Of(this Translations phrases, Party party) => phrases[$"policy.party.{Camel(party.ToString())}"];

    public static string Of(this Translations phrases, ExemptionReason reason) => phrases[$"policy.reason.{Camel(reason.ToString())}"];

    /// <summary>Name of the country where it is one outside the EEA, its code where we have no name; else null.</summary>
    public static string? Abroad(this Translations phrases, string? country) =>
        country is null || Eea.Contains(country) ? null : phrases.Find($"country.{country}") ?? country;

    /// <summary>The operator's title of a category; ours for a standard one that has none.</summary>
    public static string TitleOf(this Translations phrases, Category category) =>
        category.Title.Count > 0 ? category.Title.In(phrases.Language) : phrases[$"category.{category.Id}.title"];

    /// <summary>The operator's sentence on a category; ours for a standard one that has none.</summary>
    public static string TextOf(this Translations phrases, Category category) =>
        category.Description.Count > 0 ? category.Description.In(phrases.Language) : phrases[$"category.{category.Id}.text"];

    /// <summary>An operator's text in a language of the site; empty where there is none in any.</summary>
    /// <exception cref="KeyNotFoundException">There are others, but not this one; <c>gateway check</c> does not let that pass.</exception>
    public static string In(this IReadOnlyDictionary<string, string> texts, string language) => texts.Count == 0 ? "" : texts[language];

    /// <summary>A member's name as the configuration spells it.</summary>
    public static string Camel(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
