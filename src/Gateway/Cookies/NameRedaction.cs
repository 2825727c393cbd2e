using System.Text;

namespace Gateway.Cookies;

/// <summary>
/// What may be written down of a cookie name: names can be personal data too (<c>wordpress_logged_in_&lt;hash&gt;</c>, keys that
/// hold an address), so digits, hex, addresses and long random parts become <c>*</c>.
/// </summary>
internal static class NameRedaction
{
    private const int Longest = 64;

    public static string Of(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return "(nameless)";
        if (name.Contains('@') || name.Contains("%40", StringComparison.OrdinalIgnoreCase))
            return "*";

        var pattern = new StringBuilder();
        for (var at = 0; at < name.Length && pattern.Length < Longest;)
        {
            var end = at;
            while (end < name.Length && char.IsAsciiLetterOrDigit(name[end]))
                end++;

            if (end > at)
                AppendWord(pattern, name[at..end]);
            else
                pattern.Append(name[end] is > ' ' and < '\u007F' ? name[end++] : SkipOdd(name, ref end));
            at = end;
        }

        return pattern.ToString(0, Math.Min(pattern.Length, Longest));
    }

    private static char SkipOdd(ReadOnlySpan<char> name, ref int end)
    {
        while (end < name.Length && name[end] is <= ' ' or >= '\u007F')
            end++;
        return '?';
    }

    // A short word with a digit or two at its end (utm2, ga4) is a name; anything longer with digits in it is an identifier.
    private static void AppendWord(StringBuilder pattern, ReadOnlySpan<char> word)
    {
        int digits = 0, hex = 0;
        foreach (var c in word)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            hex += char.IsAsciiHexDigit(c) ? 1 : 0;
        }

        var isHex = word.Length >= 8 && hex == word.Length;
        if (isHex || word.Length > 24 || (digits > 0 && word.Length >= 8) || digits == word.Length)
            pattern.Append('*');
        else
            AppendWithoutDigits(pattern, word);
    }

    private static void AppendWithoutDigits(StringBuilder pattern, ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiDigit(c))
                pattern.Append(c);
            else if (pattern.Length == 0 || pattern[^1] != '*')
                pattern.Append('*');
        }
    }
}
