namespace Gateway.Config.Reading;

/// <summary>One file, read and held against every rule that concerns it alone.</summary>
/// <param name="Name">As the operator named it, or the folder.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Document">Null where the file could not be read from the disk.</param>
/// <param name="Problems">Of every severity, with their places.</param>
internal sealed record LoadedFile(string Name, string Hash, ConfigDocument? Document, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Whether it can be used, as far as it alone can tell.</summary>
    public bool IsValid => Problems.All(problem => problem.Severity != Severity.Error);
}

/// <summary>A whole configuration: the sites of all its files as one.</summary>
/// <param name="Config">To be used only where <see cref="IsValid"/>.</param>
/// <param name="Problems">Of all files and between them, in their order.</param>
/// <param name="Files">In ordinal order of their names.</param>
internal sealed record LoadedConfig(GatewayConfig Config, IReadOnlyList<Diagnostic> Problems, IReadOnlyList<LoadedFile> Files)
{
    public bool IsValid => Problems.All(problem => problem.Severity != Severity.Error);

    public IEnumerable<Diagnostic> Errors => Problems.Where(problem => problem.Severity == Severity.Error);

    public IEnumerable<Diagnostic> Warnings => Problems.Where(problem => problem.Severity == Severity.Warning);

    /// <summary>SHA-256 of each file by its name.</summary>
    public IReadOnlyDictionary<string, string> Hashes => Files.ToDictionary(file => file.Name, file => file.Hash);
}
