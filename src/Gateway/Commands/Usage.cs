using System.Reflection;

namespace Gateway.Commands;

/// <summary>The help text and the version.</summary>
internal static class Usage
{
    private const string Text = """
        Usage:
          gateway demo    [--port N]                               Runs a demo site behind the gateway.
          gateway run     [--config FILE|FOLDER]                   Serves the configured sites.
          gateway check   [--config FILE|FOLDER] [--against OLD]   Lists all problems of a configuration, and what changes from OLD.
          gateway preview [--config FILE|FOLDER] [--port N]        Shows banner, settings and policy on this machine, without a backend.
          gateway preview [--config FILE|FOLDER] --link URL [--address URL]
                                                                   Creates a link that shows them on an observed site for one hour. Asks the
                                                                   running gateway (at --address) whether the link opens.
          gateway health  [--config FILE|FOLDER] [--address URL]   Checks the health of a running gateway.

        The default for --config is gateway.json in the current folder if it exists, otherwise the folder /config.
        Exit codes: 0 success, 1 failure, 2 invalid configuration or command line.
        """;

    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Prints the help text and returns the exit code.</summary>
    public static int Print(TextWriter to, int exitCode)
    {
        to.WriteLine(Text);
        return exitCode;
    }

    public static int PrintVersion(TextWriter to)
    {
        to.WriteLine(Version);
        return ExitCode.Ok;
    }

    /// <summary>Prints what is wrong with the command line, and the help text, to standard error.</summary>
    public static int Reject(string problem, TextWriter? error = null)
    {
        error ??= Console.Error;
        error.WriteLine(problem);
        error.WriteLine();
        return Print(error, ExitCode.InvalidConfiguration);
    }
}
