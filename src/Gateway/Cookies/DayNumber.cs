namespace Gateway.Cookies;

/// <summary>Whole days since 1 January 1970, UTC: as exact as a stored day needs to be, and no finer.</summary>
internal static class DayNumber
{
    public static int Of(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 86_400);

    public static DateTimeOffset Start(int day) => DateTimeOffset.FromUnixTimeSeconds(day * 86_400L);
}
