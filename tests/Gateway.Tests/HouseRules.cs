using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests;

/// <summary>
/// Which folder may use which, the only source of time, and the length of files. Uses are read from the compiled assembly, because a qualified
/// name needs no <c>using</c>.
/// </summary>
public sealed class HouseRules
{
    private const int LongestFile = 300;

    [Fact]
    public void The_gateway_breaks_no_rule_of_the_house() =>
        AssertNone(House.Breaches(Path.Combine(AppContext.BaseDirectory, "gateway.dll")));

    [Fact]
    public void Exactly_the_breaches_of_WrongHouse_are_reported() =>
        Assert.Equal(
            File.ReadAllLines(Repository.Path("tests/Gateway.Tests/cases/house-rules/wrong-house.txt")),
            House.Breaches(typeof(HouseRules).Assembly.Location));

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        AssertNone(new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories).Where(IsSource))
            .Select(file => (Name: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Name} has {file.Lines} lines; at most {LongestFile} are allowed"));

    private static bool IsSource(string file) =>
        Path.GetExtension(file) is ".cs" or ".js" or ".css" or ".html" or ".sql"
        && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "node_modules");

    private static void AssertNone(IEnumerable<string> breaches) =>
        Assert.True(!breaches.Any(), string.Join('\n', breaches));
}
