using System.Text.Json;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>What the build of <c>assets</c> wrote into <c>assets/dist</c>: minified files, and the short names of our properties.</summary>
internal static class BuiltScript
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Names = new(ReadNames);

    /// <summary>The text of a built file, without the line break at its end.</summary>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string file) => EmbeddedFile.Read(file).TrimEnd();

    /// <summary>What the built script calls a property that its sources call <c>name_</c>.</summary>
    /// <exception cref="InvalidOperationException">The sources have no such property: the data would be sent for nothing.</exception>
    public static string NameOf(string name) => Names.Value.TryGetValue(name + "_", out var built)
        ? built
        : throw new InvalidOperationException($"The script reads no property \"{name}_\".");

    private static Dictionary<string, string> ReadNames()
    {
        using var names = JsonDocument.Parse(EmbeddedFile.Read("names.json"));
        return names.RootElement.EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!);
    }
}
