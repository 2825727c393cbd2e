using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Cookies;

/// <summary>
/// Parses the date of an <c>Expires</c> attribute. Browsers parse unusual dates differently. This accepts what Chromium or Firefox accepts; of
/// two results, the earlier one counts. <c>cookies.js</c> does the same; the answers of the browsers are in <c>cases/expiries.txt</c>.
/// </summary>
internal static partial class CookieDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <param name="text">The value of the attribute.</param>
    /// <param name="date">The date in UTC.</param>
    /// <param name="isClear">Whether all browsers read the same date.</param>
    /// <returns>Whether a browser accepts the date.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date, out bool isClear)
    {
        // The format of nearly all servers, which the framework parses fastest. Browsers read the years until 99 in different ways.
        isClear = true;
        if (DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year > 99)
            return true;

        isClear = false;
        string[] found = ["", "", "", ""];
        // Firefox has no need of a complete time, and other delimiters.
        foreach (var token in (Time().IsMatch(text) ? ChromiumToken() : FirefoxToken()).EnumerateMatches(text))
            Take(text.Slice(token.Index, token.Length), found);
        if (found is [var time, { Length: > 0 } day, { Length: > 0 } month, { Length: > 0 } year])
            date = Date(Year(year), Array.IndexOf(Months, month[..3].ToLowerInvariant()) + 1, int.Parse(day, CultureInfo.InvariantCulture), time);
        else if (!TryNumeric(text.ToString(), out date))
            return false;

        isClear = Common().IsMatch(text) && date.Day == int.Parse(found[1], CultureInfo.InvariantCulture);
        return true;
    }

    // Each token is the first of these that is still missing: time, day, month, year.
    private static void Take(ReadOnlySpan<char> token, string[] found)
    {
        for (var part = 0; part < found.Length; part++)
        {
            var isMatch = part switch { 0 => TimeToken().IsMatch(token), 1 => DayToken().IsMatch(token), 2 => MonthToken().IsMatch(token), _ => YearToken().IsMatch(token) };
            if (found[part].Length > 0 || !isMatch)
                continue;

            found[part] = token.ToString();
            return;
        }
    }

    // Firefox reads 6/16/95, 16/6/95 and 95/6/16 as well.
    private static bool TryNumeric(string text, out DateTimeOffset date)
    {
        date = default;
        if (Numeric().Match(text) is not { Success: true, Groups: var groups })
            return false;

        var (first, second) = (int.Parse(groups["first"].Value, CultureInfo.InvariantCulture), int.Parse(groups["second"].Value, CultureInfo.InvariantCulture));
        var (year, month) = first is 0 or > 31 ? (groups["first"].Value, second) : (groups["third"].Value, first > 12 ? second : first);
        if (month is < 1 or > 12)
            return false;

        date = Date(Year(year), month, 1, "");
        return true;
    }

    private static int Year(string text)
    {
        var year = int.Parse(text, CultureInfo.InvariantCulture);
        return text.Length > 3 ? year : year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
    }

    // Days and times beyond their range, which only Firefox accepts, continue in the next month or day.
    private static DateTimeOffset Date(int year, int month, int day, string time)
    {
        int[] parts = [.. time.Split(':').Take(3).Select(part => int.TryParse(part.AsSpan()[..Math.Min(part.Length, 2)], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0), 0, 0];
        return new DateTimeOffset(Math.Clamp(year, 2, 9998), month, 1, 0, 0, 0, TimeSpan.Zero)
            + new TimeSpan(day - 1, parts[0], parts[1], parts[2]);
    }

    // All ASCII characters but letters, digits and the colon are delimiters.
    [GeneratedRegex(@"(?<![A-Za-z0-9:])\d+:\d+:\d+(?![A-Za-z0-9:])", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"[A-Za-z0-9:\x80-\uffff]+", RegexOptions.CultureInvariant)]
    private static partial Regex ChromiumToken();

    [GeneratedRegex(@"[^\t (),/;\-[\]]+", RegexOptions.CultureInvariant)]
    private static partial Regex FirefoxToken();

    [GeneratedRegex(@"^\d+:\d+", RegexOptions.CultureInvariant)]
    private static partial Regex TimeToken();

    [GeneratedRegex(@"^([0-2]?[0-9]|3[01])\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DayToken();

    [GeneratedRegex("^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MonthToken();

    [GeneratedRegex(@"^[0-9]{1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearToken();

    [GeneratedRegex(@"^\W*(?<first>[0-9]{1,2})[/-](?<second>[0-9]{1,2})[/-](?<third>[0-9]{1,5})(?![A-Za-z0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"^([a-z]+,? )?[0-9]{1,2}[ -][a-z]+[ -]([1-9][0-9]{3}|[0-9]{2}) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]( GMT| UTC)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Common();
}
