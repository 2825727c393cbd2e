using Gateway.Config;
using static Gateway.Config.ConfigCounts;

namespace Gateway.Commands;

/// <summary><c>gateway check</c>: loads the configuration exactly as <c>run</c> does, tells every problem, and stops.</summary>
internal static class CheckCommand
{
    public const string Usage = "gateway check [--config FILE|FOLDER] [--against OLD]";

    public static int Run(IReadOnlyList<string> args) => Run(args, Console.Out, Console.Error, TimeProvider.System);

    /// <summary>0 where the configuration is valid, warnings or not; 2 where it is not, or the options are wrong.</summary>
    /// <param name="args">What follows the verb.</param>
    /// <param name="output">Gets the verdict on a valid configuration, and what a change means for visitors.</param>
    /// <param name="error">Gets the problems, and the verdict on a configuration that is not valid.</param>
    /// <param name="time">Day by which dates are judged.</param>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error, TimeProvider time)
    {
        string? path = null;
        string? against = null;
        for (var i = 0; i < args.Count; i += 2)
        {
            if (args[i] == "--config" && i + 1 < args.Count && path is null)
                path = args[i + 1];
            else if (args[i] == "--against" && i + 1 < args.Count && against is null)
                against = args[i + 1];
            else
                return Misused(args[i], error);
        }

        var loader = new ConfigLoader(Environment.GetEnvironmentVariable, time);
        var loaded = loader.Load(path ?? ConfigPath.Default());
        Tell(loaded, output, error);
        if (!loaded.IsValid)
            return 2;

        return against is null ? 0 : Compare(loader.Load(against), loaded, output, error);
    }

    private static int Misused(string option, TextWriter error)
    {
        error.WriteLine($"\"{option}\" is unknown here, stands twice, or lacks its value.");
        error.WriteLine($"Usage: {Usage}");
        return 2;
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
            return 2;

        foreach (var sentence in ConfigChanges.Sentences(old.Config, loaded.Config))
            output.WriteLine(sentence);
        return 0;
    }
}
