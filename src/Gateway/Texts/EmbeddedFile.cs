using System.Text;

namespace Gateway.Texts;

/// <summary>Reads the embedded resources of the program.</summary>
internal static class EmbeddedFile
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

    /// <summary>The whole text of a file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
