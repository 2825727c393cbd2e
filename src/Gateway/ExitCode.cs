namespace Gateway;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command failed.</summary>
    public const int Failed = 1;

    /// <summary>The configuration or the command line is not valid.</summary>
    public const int InvalidConfiguration = 2;
}
