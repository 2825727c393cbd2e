using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Cookies;

/// <summary>Units in which a lifetime is declared.</summary>
internal enum DurationUnit
{
    Session,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,

    /// <summary>No end: web storage that no script of the site clears.</summary>
    UntilDeleted,
}

/// <summary>
/// A lifetime as written in the configuration: <c>session</c>, <c>until deleted</c>, or a whole number and a unit (<c>14 days</c>).
/// A month is a twelfth of 365 days, rounded down: 13 months are 395 days (CNIL 2020-091), 6 months are 182 days.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct Duration(int Amount, DurationUnit Unit)
{
    /// <summary>13 months: the longest lifetime of exempt audience cookies and of cookies that need consent (CNIL 2020-091).</summary>
    public static readonly Duration ThirteenMonths = new(13, DurationUnit.Month);

    private const string UntilDeletedText = "until deleted";

    public bool IsSession => Unit == DurationUnit.Session;

    public bool IsUntilDeleted => Unit == DurationUnit.UntilDeleted;

    /// <summary>The length; zero for a session, a hundred years for <c>until deleted</c>.</summary>
    public TimeSpan Length => Unit switch
    {
        DurationUnit.Second => TimeSpan.FromSeconds(Amount),
        DurationUnit.Minute => TimeSpan.FromMinutes(Amount),
        DurationUnit.Hour => TimeSpan.FromHours(Amount),
        DurationUnit.Day => TimeSpan.FromDays(Amount),
        DurationUnit.Week => TimeSpan.FromDays(7L * Amount),
        DurationUnit.Month => TimeSpan.FromDays(Amount * 365L / 12),
        DurationUnit.Year => TimeSpan.FromDays(Amount * 365L),
        DurationUnit.UntilDeleted => TimeSpan.FromDays(36_500),
        _ => TimeSpan.Zero,
    };

    /// <summary>Reads <c>session</c>, <c>until deleted</c> or <c>N unit(s)</c>, with one space; N from 1 to 100 000.</summary>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = new Duration(0, text == UntilDeletedText ? DurationUnit.UntilDeleted : DurationUnit.Session);
        if (text is "session" or UntilDeletedText)
            return true;

        var space = text?.IndexOf(' ') ?? -1;
        if (space < 1 || !int.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            || amount is < 1 or > 100_000)
        {
            return false;
        }

        var word = text.AsSpan(space + 1);
        if (word.EndsWith("s", StringComparison.Ordinal))
            word = word[..^1];

        foreach (var unit in Enum.GetValues<DurationUnit>())
        {
            if (unit is not (DurationUnit.Session or DurationUnit.UntilDeleted) && word.SequenceEqual(unit.ToString().ToLowerInvariant()))
            {
                duration = new Duration(amount, unit);
                return true;
            }
        }

        return false;
    }

    public override string ToString() =>
        IsSession ? "session" : IsUntilDeleted ? UntilDeletedText : $"{Amount} {Unit.ToString().ToLowerInvariant()}{(Amount == 1 ? "" : "s")}";

    internal sealed class Converter : JsonConverter<Duration>
    {
        public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var duration)
                ? duration
                : throw new JsonException("A duration is \"session\" or a whole number and a unit.");

        public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
