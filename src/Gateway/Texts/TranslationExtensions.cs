using System.Globalization;
using System.Text.Json;
using Gateway.Cookies;

namespace Gateway.Texts;

/// <summary>Translates durations, dates, enumeration values and operator texts.</summary>
internal static class TranslationExtensions
{
    public static string Of(this Translations translations, Duration duration) =>
        duration.IsSession ? translations["duration.session"]
        : duration.IsUntilDeleted ? translations["duration.untilDeleted"]
        : translations.Count($"duration.{JsonNamingPolicy.CamelCase.ConvertName(duration.Unit.ToString())}", duration.Amount);

    /// <summary>The duration of an entry. The text for a session depends on the kind of the entry.</summary>
    public static string DurationOf(this Translations translations, CookieEntry entry) => (entry.Duration.IsSession, entry.Kind) switch
    {
        (true, EntryKind.SessionStorage) => translations["duration.tab"],
        (true, EntryKind.Host) => translations["duration.visit"],
        _ => translations.Of(entry.Duration),
    };

    public static string Days(this Translations translations, int days) => translations.Count("duration.day", days);

    public static string Of(this Translations translations, DateOnly day) => translations.Format(
        "date.day",
        day.Day.ToString(CultureInfo.InvariantCulture),
        translations[$"date.month.{day.Month}"],
        day.Year.ToString(CultureInfo.InvariantCulture));

    public static string Of(this Translations translations, EntryKind kind) => translations[$"kind.{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}"];

    public static string Of(this Translations translations, Party party) => translations[$"policy.party.{JsonNamingPolicy.CamelCase.ConvertName(party.ToString())}"];

    public static string Of(this Translations translations, ExemptionReason reason) => translations[$"policy.reason.{JsonNamingPolicy.CamelCase.ConvertName(reason.ToString())}"];

    /// <summary>The name of a country outside the EEA, or its code if there is no name; null for a country inside.</summary>
    public static string? Abroad(this Translations translations, string? country) =>
        country is null || Eea.Contains(country) ? null : translations.Find($"country.{country}") ?? country;

    /// <summary>The title of a category: the operator's, or the built-in one of a standard category.</summary>
    public static string TitleOf(this Translations translations, Category category) =>
        category.Title.Count > 0 ? category.Title.In(translations.Language) : translations[$"category.{category.Id}.title"];

    /// <summary>The description of a category: the operator's, or the built-in one of a standard category.</summary>
    public static string TextOf(this Translations translations, Category category) =>
        category.Description.Count > 0 ? category.Description.In(translations.Language) : translations[$"category.{category.Id}.text"];

    /// <summary>The operator's text in a language of the site; empty if the text is absent.</summary>
    /// <exception cref="KeyNotFoundException">The text exists in other languages only, which <c>gateway check</c> reports as an error.</exception>
    public static string In(this IReadOnlyDictionary<string, string> texts, string language) => texts.Count == 0 ? "" : texts[language];
}
