using Gateway.Config.Changes;
using Gateway.Config.Reading;
using static Gateway.Config.ConfigCounts;

namespace Gateway.Commands;

/// <summary><c>gateway check</c>: loads the configuration exactly as <c>run</c> does, tells every problem, and stops.</summary>
internal static class CheckCommand
{
    public static int Run(IReadOnlyList<string> args) => Run(args, Console.Out, Console.Error, TimeProvider.System);

    /// <summary>0 where the configuration is valid, warnings or not; 2 where it is not, or the options are wrong.</summary>
    /// <param name="args">What follows the verb.</param>
    /// <param name="output">Gets the verdict on a valid configuration, and what a change means for visitors.</param>
    /// <param name="error">Gets the problems, and the verdict on a configuration that is not valid.</param>
    /// <param name="time">Day by which dates are judged.</param>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time)
    {
        if (Options.Read(args, ["--config", "--against"], out var misuse) is not { } options)
            return Usage.Refuse(misuse, error);

        var loader = new ConfigLoader(Environment.GetEnvironmentVariable, time);
        var loaded = loader.Load(options.ConfigPath);
        Tell(loaded, output, error);
        if (!loaded.IsValid)
            return Usage.Wrong;

        return options["--against"] is { } old ? Compare(loader.Load(old), loaded, output, error) : 0;
    }

    private static void Tell(LoadedConfig loaded, TextWriter output, TextWriter error)
    {
        foreach (var problem in loaded.Problems)
            error.WriteLine(problem);

        var warnings = Count(loaded.Warnings.Count(), "warning", "warnings");
        if (loaded.IsValid)
            output.WriteLine($"The configuration is valid ({Of(loaded.Config)}, {warnings}).");
        else
            error.WriteLine($"{Count(loaded.Errors.Count(), "error", "errors")}, {warnings}: the configuration is not valid.");
    }

    private static int Compare(LoadedConfig old, LoadedConfig loaded, TextWriter output, TextWriter error)
    {
        // An old file may break a rule of today (a date that is past); what it let through can be told all the same.
        var unreadable = old.Problems.Where(problem => problem.Code is "syntax" or "file").ToList();
        foreach (var problem in unreadable)
            error.WriteLine(problem);
        if (unreadable.Count > 0)
            return Usage.Wrong;

        foreach (var sentence in ConfigChanges.Sentences(old.Config, loaded.Config))
            output.WriteLine(sentence);
        return 0;
    }
}
