namespace Gateway.Tests.Support;

/// <summary>One instruction of a Dockerfile, its continued lines joined: <c>COPY</c> and what follows it.</summary>
internal sealed record Instruction(string Name, string Arguments)
{
    /// <summary>The arguments that are not flags such as <c>--from=build</c>.</summary>
    public string[] Words =>
        [.. Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];
}

/// <summary>Parses the Dockerfile, so that tests can check it without a container engine.</summary>
internal static class Dockerfile
{
    /// <summary>The stages in order; each begins with its <c>FROM</c>.</summary>
    public static IReadOnlyList<IReadOnlyList<Instruction>> Stages(string text)
    {
        var stages = new List<List<Instruction>>();
        foreach (var instruction in Instructions(text))
        {
            if (instruction.Name == "FROM")
                stages.Add([]);
            stages[^1].Add(instruction);
        }
        return stages;
    }

    private static IEnumerable<Instruction> Instructions(string text)
    {
        var lines = text.Split('\n').Where(line => line.Trim() is { Length: > 0 } trimmed && trimmed[0] != '#');
        return string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => line.Trim().Split(' ', 2))
            .Select(parts => new Instruction(parts[0].ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : ""));
    }
}
