using System.Text;

namespace Gateway.Cookies;

/// <summary>
/// Makes the pattern of a name or path that may be logged and stored. Names can hold personal data
/// (<c>wordpress_logged_in_&lt;hash&gt;</c>, an e-mail address), so digits, hexadecimal numbers, addresses and long random parts become
/// <c>*</c>. The pattern can be pasted into the cookie table: it has one <c>*</c> at most, and a name without variable parts is itself.
/// </summary>
internal static class NameRedaction
{
    private const int Longest = 64;

    private const int DeepestPath = 2;

    private const int LongestWord = 24;

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
        for (var at = 0; at < name.Length && pattern.Length <= Longest;)
        {
            var end = at;
            while (end < name.Length && char.IsAsciiLetterOrDigit(name[end]))
                end++;

            if (end > at)
                AppendWord(pattern, name[at..end]);
            else if (name[end] is > ' ' and < '\u007F')
                pattern.Append(name[end++]);
            else
                SkipOdd(pattern, name, ref end);
            at = end;
        }

        return WithOneStar(pattern.ToString());
    }

    private static void SkipOdd(StringBuilder pattern, ReadOnlySpan<char> name, ref int end)
    {
        while (end < name.Length && name[end] is <= ' ' or >= '\u007F')
            end++;
        pattern.Append('*');
    }

    // A pattern of the cookie table has one *: it stands for everything between the first fixed part and the last one, or after the first one
    // if there are several variable parts.
    private static string WithOneStar(string pattern)
    {
        if (pattern.Length > Longest)
            pattern = pattern[..(Longest - 1)] + "*";

        var (first, last) = (pattern.IndexOf('*'), pattern.LastIndexOf('*'));
        return first == last ? pattern : first > 0 ? pattern[..(first + 1)] : "*" + pattern[(last + 1)..];
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
        if (isHex || (word.Length > LongestWord && !IsReadable(word)) || (digits > 0 && word.Length >= 8) || digits == word.Length)
            pattern.Append('*');
        else
            AppendWithoutDigits(pattern, word);
    }

    // A long word without digits is a name if it can be read, such as wpEditorTestSessionStorage. Random letters have longer runs of consonants.
    private static bool IsReadable(ReadOnlySpan<char> word)
    {
        const int MostConsonants = 4;
        var run = 0;
        foreach (var c in word)
        {
            run = "aeiouyAEIOUY".Contains(c) ? 0 : run + 1;
            if (run > MostConsonants || char.IsAsciiDigit(c))
                return false;
        }

        return true;
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
