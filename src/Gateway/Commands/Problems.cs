using Gateway.Config;

namespace Gateway.Commands;

/// <summary>Prints the problems of a configuration for <c>run</c>.</summary>
internal static class Problems
{
    /// <summary>Prints errors and warnings. Only <c>check</c> prints notes.</summary>
    public static void Print(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity != Severity.Note))
            Console.Error.WriteLine(diagnostic);
    }
}
