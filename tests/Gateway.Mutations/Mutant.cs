namespace Gateway.Mutations;

/// <summary>One small change to the source that a test should notice.</summary>
/// <param name="Number">From 1; switches the change on in the mutated build.</param>
/// <param name="File">Path below <c>src/Gateway</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Change">The source text, an arrow, and what stands in its place.</param>
/// <param name="RunsOnce">Whether it is part of the initialisation of a type, which happens once in a process.</param>
internal sealed record Mutant(int Number, string File, int Line, string Change, bool RunsOnce)
{
    /// <summary>The folder whose score it counts for: <c>Cookies</c>, <c>Config/Rules</c>.</summary>
    public string Room => Path.GetDirectoryName(File)!.Replace('\\', '/');

    /// <summary>Names the mutant in reports and in the list of equivalent ones; survives an edit elsewhere in the file.</summary>
    public string Key => $"{File}: {Change}";

    public override string ToString() => $"{File}:{Line}: {Change}";
}

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>No test failed.</summary>
    Survived,

    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not end, or the process did.</summary>
    TimedOut,
}
