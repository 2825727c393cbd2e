using Xunit.Runner.InProc.SystemConsole;

namespace Gateway.Tests;

/// <summary>Runs the tests.</summary>
public static class EntryPoint
{
    public static Task<int> Main(string[] args) => ConsoleRunner.Run(args);
}
