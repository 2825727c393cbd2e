using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Rules;

/// <summary>The files of <c>cases/config-errors</c>: a document, <c>----</c>, and all its problems, word for word.</summary>
public sealed class ConfigErrorCases
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases", "config-errors");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, Requirement(20, 30, 32, 35, 36, 38, 43)]
    [MemberData(nameof(Cases))]
    public void A_case_has_exactly_the_expected_problems(string name)
    {
        var (input, expected) = Read(name);

        Assert.Equal(expected, string.Concat(World.Read(input).Diagnostics.Select(problem => problem + "\n")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_has_a_problem_of_the_rule_in_its_name(string name)
    {
        var rule = name[..name.IndexOf('-', StringComparison.Ordinal)];
        var codes = World.Read(Read(name).Input).Diagnostics.Select(problem => problem.Code).ToList();

        if (name.Contains("-accepts-", StringComparison.Ordinal))
            Assert.Empty(codes);
        else
            Assert.Contains(rule, codes);
    }

    [Fact]
    public void Every_rule_has_a_case()
    {
        var rules = Cases().Select(row => row.Data[..row.Data.IndexOf('-', StringComparison.Ordinal)]).ToHashSet();

        // V14 (proof store), W5, W11, W12, W14 and W15 (live traffic, history) concern nothing in this document.
        string[] law = ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13", "V15", "V16", "V17",
            "W1", "W2", "W3", "W4", "W6", "W7", "W8", "W9", "W10", "W13"];
        Assert.Superset(law.ToHashSet(), rules);
    }

    private static (string Input, string Expected) Read(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, name + ".txt")).Split("\n----\n");
        return (parts[0], parts[1]);
    }
}
