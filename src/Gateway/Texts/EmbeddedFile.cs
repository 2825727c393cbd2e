using System.Text;

namespace Gateway.Texts;

/// <summary>Reads a text or asset that is compiled into the program.</summary>
internal static class EmbeddedFile
{
    /// <exception cref="InvalidOperationException">There is no such file: a slip in the project file.</exception>
    public static Stream Open(string name) =>
        typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource \"{name}\" is missing from the program.");

    /// <summary>The whole text of a file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
