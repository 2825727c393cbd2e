using System.Globalization;

namespace Gateway.Cookies;

/// <summary>Parses the date of an <c>Expires</c> attribute as browsers do: by the lenient algorithm of RFC 6265bis 5.1.1.</summary>
internal static class CookieDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <returns>Whether a browser would accept the date (UTC).</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        // The format of nearly all servers, which the framework parses fastest.
        if (DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return date.Year >= 1601;

        int hour = -1, minute = 0, second = 0, day = -1, month = -1, year = -1;
        while (NextToken(ref text, out var token))
        {
            if (hour < 0 && TryTime(token, out hour, out minute, out second))
                continue;
            if (day < 0 && TryNumber(token, 1, 2, out day))
                continue;
            if (month < 0 && TryMonth(token, out month))
                continue;
            if (year < 0)
                _ = TryNumber(token, 2, 4, out year);
        }

        if (year is >= 70 and <= 99)
            year += 1900;
        else if (year is >= 0 and <= 69)
            year += 2000;

        if (hour is < 0 or > 23 || minute > 59 || second > 59 || month < 1 || year < 1601 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        date = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    // Tokens are separated by the delimiters %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E. The colon is not a delimiter.
    private static bool NextToken(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token)
    {
        var start = 0;
        while (start < text.Length && IsDelimiter(text[start]))
            start++;

        var end = start;
        while (end < text.Length && !IsDelimiter(text[end]))
            end++;

        token = text[start..end];
        text = text[end..];
        return token.Length > 0;
    }

    private static bool IsDelimiter(char c) =>
        c is '\t' or (>= ' ' and <= '/') or (>= ';' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');

    private static bool TryTime(ReadOnlySpan<char> token, out int hour, out int minute, out int second)
    {
        minute = second = 0;
        var first = token.IndexOf(':');
        var rest = first < 0 ? default : token[(first + 1)..];
        var next = rest.IndexOf(':');
        if (first is >= 1 and <= 2 && next is >= 1 and <= 2
            && TryNumber(token[..first], 1, 2, out hour) && TryNumber(rest[..next], 1, 2, out minute) && TryNumber(rest[(next + 1)..], 1, 2, out second))
        {
            return true;
        }

        hour = -1;
        return false;
    }

    private static bool TryMonth(ReadOnlySpan<char> token, out int month)
    {
        month = -1;
        for (var i = 0; i < Months.Length && token.Length >= 3; i++)
        {
            if (token[..3].Equals(Months[i], StringComparison.OrdinalIgnoreCase))
                month = i + 1;
        }

        return month > 0;
    }

    // Leading digits followed by a non-digit or the end: "2026foo" is a year, "20261" is not.
    private static bool TryNumber(ReadOnlySpan<char> token, int minDigits, int maxDigits, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < token.Length && char.IsAsciiDigit(token[digits]) && digits <= maxDigits)
            number = (number * 10) + token[digits++] - '0';

        if (digits >= minDigits && digits <= maxDigits)
            return true;

        number = -1;
        return false;
    }
}
