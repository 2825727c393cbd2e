using Gateway.Config.Changes;
using Gateway.Config.Reading;
using Gateway.Cookies;
using static Gateway.Config.ConfigCounts;

namespace Gateway.Commands;

/// <summary><c>gateway check</c>: loads the configuration as <c>run</c> does, and prints all problems.</summary>
internal static class CheckCommand
{
    public static int Run(IReadOnlyList<string> args) => Run(args, Console.Out, Console.Error, TimeProvider.System);

    /// <summary>Returns 0 for a valid configuration, even with warnings; 2 for an invalid configuration or command line.</summary>
    /// <param name="args">The arguments after the command.</param>
    /// <param name="output">Receives the summary of a valid configuration and the effects of a change.</param>
    /// <param name="error">Receives the problems and the summary of an invalid configuration.</param>
    /// <param name="time">The clock by which dates are validated.</param>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time)
    {
        if (Options.Parse(args, ["--config", "--against"], out var problem) is not { } options)
            return Usage.Reject(problem, error);

        var loader = new ConfigLoader(Environment.GetEnvironmentVariable, time);
        var loaded = loader.Load(options.ConfigPath);
        Print(loaded, output, error);
        if (!loaded.IsValid)
            return ExitCode.InvalidConfiguration;

        return options["--against"] is { } old ? Compare(loader.Load(old), loaded, time.Today(), output, error) : ExitCode.Ok;
    }

    private static void Print(LoadedConfig loaded, TextWriter output, TextWriter error)
    {
        foreach (var diagnostic in loaded.Diagnostics)
            error.WriteLine(diagnostic);

        var warnings = Count(loaded.Warnings.Count(), "warning", "warnings");
        if (loaded.IsValid)
            output.WriteLine($"The configuration is valid ({Of(loaded.Config)}, {warnings}).");
        else
            error.WriteLine($"The configuration is not valid ({Count(loaded.Errors.Count(), "error", "errors")}, {warnings}).");
    }

    private static int Compare(LoadedConfig old, LoadedConfig loaded, DateOnly today, TextWriter output, TextWriter error)
    {
        // The old file may violate a rule today, such as a date that has passed. The comparison only needs it to be readable.
        var unreadable = old.Diagnostics.Where(diagnostic => diagnostic.Code is "syntax" or "file").ToList();
        foreach (var diagnostic in unreadable)
            error.WriteLine(diagnostic);
        if (unreadable.Count > 0)
            return ExitCode.InvalidConfiguration;

        foreach (var sentence in ConfigChanges.Sentences(old.Config, loaded.Config, today))
            output.WriteLine(sentence);
        return ExitCode.Ok;
    }
}
