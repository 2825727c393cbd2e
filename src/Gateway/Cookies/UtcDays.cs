namespace Gateway.Cookies;

/// <summary>Calendar days in UTC.</summary>
internal static class UtcDays
{
    public static DateOnly Today(this TimeProvider time) => time.GetUtcNow().ToUtcDate();

    public static DateOnly ToUtcDate(this DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>Whole days since 1 January 1970: how the consent cookie stores a day.</summary>
    public static int ToDayNumber(this DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 86_400);

    /// <summary>Midnight at the start of a day.</summary>
    /// <param name="dayNumber">See <see cref="ToDayNumber"/>.</param>
    public static DateTimeOffset StartOf(int dayNumber) => DateTimeOffset.FromUnixTimeSeconds(dayNumber * 86_400L);
}
