namespace Gateway.Commands;

/// <summary>The options of a command. Each has a value and can be given once.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Options() { }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>The path of the configuration: the value of <c>--config</c>, or the default.</summary>
    public string ConfigPath => this["--config"] ?? Commands.ConfigPath.Default();

    /// <summary>Parses <c>--name value</c> pairs; null with a problem if the arguments are not valid.</summary>
    public static Options? Parse(IReadOnlyList<string> args, string[] known, out string problem)
    {
        var options = new Options();
        problem = "";
        for (var i = 0; i < args.Count && problem.Length == 0; i += 2)
        {
            problem = !known.Contains(args[i]) ? $"Unknown option \"{args[i]}\"."
                : i + 1 == args.Count ? $"The option {args[i]} requires a value."
                : !options._values.TryAdd(args[i], args[i + 1]) ? $"The option {args[i]} is given twice."
                : "";
        }

        return problem.Length == 0 ? options : null;
    }

    /// <summary>Parses the value of <c>--port</c>.</summary>
    public bool TryGetPort(ushort defaultPort, out ushort port, out string problem)
    {
        problem = "The option --port requires a number from 0 to 65535.";
        port = defaultPort;
        return this["--port"] is not { } value || ushort.TryParse(value, out port);
    }
}
