namespace Gateway.Commands;

/// <summary>Options of a verb: each at most once, each with a value.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options() { }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The configuration's path: what <c>--config</c> says, else where it usually is.</summary>
    public string ConfigPath => this["--config"] ?? Commands.ConfigPath.Default();

    /// <summary>Reads <c>--name value</c> pairs; null with one sentence for anything but the known names.</summary>
    public static Options? Read(IReadOnlyList<string> words, string[] known, out string problem)
    {
        var options = new Options();
        problem = "";
        for (var i = 0; i < words.Count && problem.Length == 0; i += 2)
        {
            problem = !known.Contains(words[i]) ? $"\"{words[i]}\" is not an option here."
                : i + 1 == words.Count ? $"{words[i]} needs a value."
                : !options._values.TryAdd(words[i], words[i + 1]) ? $"{words[i]} is given twice."
                : "";
        }

        return problem.Length == 0 ? options : null;
    }
}
