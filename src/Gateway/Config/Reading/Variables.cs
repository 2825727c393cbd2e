using System.Text;

namespace Gateway.Config.Reading;

/// <summary>Replaces <c>${NAME}</c> in a text by the value of an environment variable; <c>$${</c> stays as <c>${</c>.</summary>
internal static class Variables
{
    /// <param name="text">As written in the file.</param>
    /// <param name="lookup">Null for a variable that is not set.</param>
    /// <param name="used">Called with each name and value that went into the text.</param>
    /// <param name="wrong">What is wrong with the text; it never holds a value.</param>
    public static string? Expand(string text, Func<string, string?> lookup, Action<string, string> used, out string? wrong)
    {
        wrong = null;
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
                wrong = "holds a \"${\" that no variable's name and \"}\" follow. Write $${ for a literal ${.";
                return null;
            }

            if (lookup(name) is not { } value)
            {
                wrong = $"needs the environment variable {name}, which is not set.";
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
