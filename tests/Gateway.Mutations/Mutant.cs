namespace Gateway.Mutations;

/// <summary>One small change to the source that a test should notice.</summary>
/// <param name="Number">Starts at 1. Selects the change in the mutated build.</param>
/// <param name="File">Path below <c>src/Gateway</c>.</param>
/// <param name="Line">Starts at 1.</param>
/// <param name="Change">The source text, an arrow, and the replacement.</param>
/// <param name="RunsOnce">Whether it is in the initialisation of a type, which runs once in a process.</param>
internal sealed record Mutant(int Number, string File, int Line, string Change, bool RunsOnce)
{
    /// <summary>The folder whose score it counts for: <c>Cookies</c>, <c>Config/Rules</c>.</summary>
    public string Room => Path.GetDirectoryName(File)!.Replace('\\', '/');

    /// <summary>Identifies the mutant in reports and in the list of equivalent mutants. Does not change with edits elsewhere in the file.</summary>
    public string Key => $"{File}: {Change}";

    public override string ToString() => $"{File}:{Line}: {Change}";
}

/// <summary>The result for a mutant.</summary>
internal enum Fate
{
    /// <summary>No test failed.</summary>
    Survived,

    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not end, or the process did.</summary>
    TimedOut,
}
