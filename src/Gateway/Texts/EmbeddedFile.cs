using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Texts;

/// <summary>Reads a text or asset that is compiled into the program.</summary>
internal static partial class EmbeddedFile
{
    /// <exception cref="InvalidOperationException">There is no such file: a slip in the project file.</exception>
    public static Stream Open(string name) =>
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource \"{name}\" is missing from the program.");

    /// <summary>
    /// The file without indentation and whole-line comments: the visitor need not download them.
    /// So in assets no string or template may run over the end of a line.
    /// </summary>
    public static string ReadLean(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        var lean = new StringBuilder();
        while (reader.ReadLine()?.Trim() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("/*", StringComparison.Ordinal))
                lean.Append(line).Append('\n');
        }

        return lean.ToString();
    }

    /// <summary>
    /// A style sheet of ours without white space that says nothing; in selectors none stands before a colon. Of a token's name the first
    /// letter is left, but for those that stand in the page's own styles.
    /// </summary>
    public static string ReadStyles(string name) => Tokens().Replace(Spaces().Replace(ReadLean(name), "$1$2"), "");

    [GeneratedRegex(@"\s*(?:;\s*(\})|([{},;>!]|(?<=:)))\s*")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=--(?!g-)[a-z])[a-z-]+")]
    private static partial Regex Tokens();
}
