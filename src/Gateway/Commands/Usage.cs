using System.Reflection;

namespace Gateway.Commands;

/// <summary>What can be typed.</summary>
internal static class Usage
{
    /// <summary>Exit code for a verb or an option that does not exist.</summary>
    public const int Wrong = 2;

    private const string Text = """
        Usage:
          gateway demo    [--port N]                               a careless site with the gateway in front of it, to try out
          gateway run     [--config FILE|FOLDER]                   serves the configured sites
          gateway check   [--config FILE|FOLDER] [--against OLD]   tells every problem of a configuration; with OLD, what changes
          gateway preview [--config FILE|FOLDER] [--port N]        shows banner, settings and policy on this machine, without any backend
          gateway preview [--config FILE|FOLDER] --link URL        makes a link that shows them to one browser on an observed site, for an hour
          gateway health  [--config FILE|FOLDER] [--address URL]   asks the running gateway whether it is well

        Without --config: gateway.json in this folder, else the folder /config.
        Exit codes: 0 fine, 1 failed, 2 bad configuration or usage.
        """;

    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static int Print(TextWriter to, int exitCode)
    {
        to.WriteLine(Text);
        return exitCode;
    }

    public static int PrintVersion(TextWriter to)
    {
        to.WriteLine(Version);
        return 0;
    }

    /// <summary>Says on standard error what was not understood, and then all there is.</summary>
    public static int Refuse(string problem, TextWriter? error = null)
    {
        error ??= Console.Error;
        error.WriteLine(problem);
        error.WriteLine();
        return Print(error, Wrong);
    }
}
