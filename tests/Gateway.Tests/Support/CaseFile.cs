namespace Gateway.Tests.Support;

/// <summary>A file under <c>cases/</c> with one case per line and columns separated by <c>|</c>. Skips empty lines and comments (<c>#</c>).</summary>
internal static class CaseFile
{
    public static IEnumerable<string> Read(string name) =>
        File.ReadLines(Repository.Path($"tests/Gateway.Tests/cases/{name}.txt")).Where(line => line.Length > 0 && line[0] != '#');

    public static string[] Columns(string line) => [.. line.Split('|').Select(column => column.Trim())];
}
