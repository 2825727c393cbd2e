namespace Gateway.Config.Reading;

/// <summary>A file after reading and validation, without the rules that compare files.</summary>
/// <param name="Name">The path of the file.</param>
/// <param name="Hash">The SHA-256 hash of the content.</param>
/// <param name="Document">Null if the file could not be read from the disk.</param>
/// <param name="Diagnostics">The problems of every severity, with their positions.</param>
internal sealed record LoadedFile(string Name, string Hash, ConfigDocument? Document, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the file has no errors of its own.</summary>
    public bool IsValid => Diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);
}

/// <summary>A configuration: the sites of all files.</summary>
/// <param name="Config">May only be used if <see cref="IsValid"/> is true.</param>
/// <param name="Diagnostics">The problems within the files and between them, in the order of the files.</param>
/// <param name="Files">The files, in ordinal order of their names.</param>
internal sealed record LoadedConfig(GatewayConfig Config, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<LoadedFile> Files)
{
    public bool IsValid => !Errors.Any();

    public IEnumerable<Diagnostic> Errors => Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error);

    public IEnumerable<Diagnostic> Warnings => Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Warning);

    /// <summary>The SHA-256 hash of each file, by its name.</summary>
    public IReadOnlyDictionary<string, string> Hashes => Files.ToDictionary(file => file.Name, file => file.Hash);
}
