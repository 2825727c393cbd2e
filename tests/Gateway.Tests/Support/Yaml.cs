namespace Gateway.Tests.Support;

/// <summary>
/// Extracts parts of the repository's YAML files by indentation, which is sufficient for the tests. Does not check that a file is valid
/// YAML.
/// </summary>
internal static class Yaml
{
    /// <summary>The lines under the only line that is <paramref name="heading"/>, comments left out, moved to the left margin.</summary>
    public static string Under(string text, string heading)
    {
        var lines = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')).ToArray();
        var at = Array.IndexOf(lines, Array.FindAll(lines, line => line.Trim() == heading).Single());
        var body = lines[(at + 1)..].TakeWhile(line => line.Length == 0 || Indent(line) > Indent(lines[at])).ToArray();
        var margin = body.Where(line => line.Length > 0).Min(Indent);
        return string.Join('\n', body.Select(line => line.Length == 0 ? line : line[margin..])).TrimEnd();
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
