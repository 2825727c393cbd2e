using System.Text;

namespace Gateway.Config.Reading;

/// <summary>Expands environment variables in strings: <c>${NAME}</c> becomes the value of the variable, <c>$${</c> a literal <c>${</c>.</summary>
internal static class Variables
{
    /// <summary>The expanded string; null if it is invalid.</summary>
    /// <param name="text">The string as written in the file.</param>
    /// <param name="lookup">Returns the value of a variable; null if it is not set.</param>
    /// <param name="used">Called with the name and the value of each variable that was expanded.</param>
    /// <param name="rule">What is wrong with the string; it never contains a value.</param>
    public static string? Expand(string text, Func<string, string?> lookup, Action<string, string> used, out string? rule)
    {
        rule = null;
        var result = new StringBuilder();
        var rest = text.AsSpan();
        for (var at = rest.IndexOf("${"); at >= 0; at = rest.IndexOf("${"))
        {
            if (at > 0 && rest[at - 1] == '$')
            {
                result.Append(rest[..(at - 1)]).Append("${");
                rest = rest[(at + 2)..];
                continue;
            }

            var length = rest[(at + 2)..].IndexOf('}');
            var name = length < 0 ? "" : rest.Slice(at + 2, length).ToString();
            if (!IsName(name))
            {
                rule = "contains \"${\" without a variable name and \"}\". Write $${ for a literal ${.";
                return null;
            }

            if (lookup(name) is not { } value)
            {
                rule = $"uses the environment variable {name}, which is not set.";
                return null;
            }

            used(name, value);
            result.Append(rest[..at]).Append(value);
            rest = rest[(at + 3 + length)..];
        }

        return result.Append(rest).ToString();
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
