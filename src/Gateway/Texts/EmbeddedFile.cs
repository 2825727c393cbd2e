using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Texts;

/// <summary>Reads the embedded resources of the program.</summary>
internal static partial class EmbeddedFile
{
    /// <summary>Opens a resource.</summary>
    /// <exception cref="InvalidOperationException">The resource does not exist: the project file is wrong.</exception>
    public static Stream Open(string name) =>
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource \"{name}\" is missing from the program.");

    /// <summary>The content of a resource.</summary>
    /// <exception cref="InvalidOperationException">The resource does not exist: the project file is wrong.</exception>
    public static byte[] ReadBytes(string name)
    {
        using var file = Open(name);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

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
