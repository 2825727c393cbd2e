namespace Gateway.Commands;

/// <summary>Options of a verb: each once, each with a value.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options() { }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads <c>--name value</c> pairs; anything but the known names is a problem, told in one sentence.</summary>
    public static bool TryRead(IReadOnlyList<string> words, string[] known, out Options options, out string problem)
    {
        options = new Options();
        problem = "";
        for (var i = 0; i < words.Count; i += 2)
        {
            problem = !known.Contains(words[i]) ? $"\"{words[i]}\" is not an option here."
                : i + 1 == words.Count ? $"{words[i]} needs a value."
                : !options._values.TryAdd(words[i], words[i + 1]) ? $"{words[i]} is given twice."
                : "";
            if (problem.Length > 0)
                return false;
        }

        return true;
    }
}
