using System.Text;

namespace Gateway.Cookies;

/// <summary>
/// Makes the pattern of a name or path that may be logged and stored. Names can hold personal data
/// (<c>wordpress_logged_in_&lt;hash&gt;</c>, an e-mail address), so digits, hexadecimal numbers, addresses and long random parts become
/// <c>*</c>.
/// </summary>
internal static class NameRedaction
{
    private const int Longest = 64;

    private const int DeepestPath = 2;

    /// <summary>The first two segments of a path, each as a pattern; <c>/*</c> stands for all deeper ones. The path has no query.</summary>
    public static string OfPath(ReadOnlySpan<char> path)
    {
        var pattern = new StringBuilder();
        var depth = 0;
        foreach (var range in path.Split('/'))
        {
            if (path[range].IsEmpty)
                continue;
            if (++depth > DeepestPath)
                return pattern.Append("/*").ToString();
            pattern.Append('/').Append(Of(path[range]));
        }

        return depth == 0 ? "/" : pattern.ToString();
    }

    /// <summary>The pattern of a cookie name or storage key, at most 64 characters of printable ASCII.</summary>
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

    // A short word with digits (utm2, ga4) is a name: only its digits are replaced. A longer word with digits is an identifier.
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
