using System.Reflection;
using Gateway.Tests.Support;
using Xunit;
using Xunit.v3;

namespace Gateway.Tests;

/// <summary>
/// Two tables whose every line has a test: what rewriting proxies get wrong (cases/rows.txt), and what law and accessibility require
/// of the banner, the settings page and the policy page (cases/requirements.txt).
/// </summary>
public class TablesTests
{
    // What xunit runs is in public classes.
    private static readonly MethodInfo[] All = [.. typeof(TablesTests).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods())];

    public static TheoryData<string, Type> Tables => new() { { "rows", typeof(RowAttribute) }, { "requirements", typeof(RequirementAttribute) } };

    [Theory, MemberData(nameof(Tables))]
    public void Every_line_has_a_test(string table, Type attribute) => Assert.Empty(Lines(table).Except(Tested(attribute, All)));

    [Theory, MemberData(nameof(Tables))]
    public void Every_line_that_a_test_names_is_in_the_table(string table, Type attribute) => Assert.Empty(Tested(attribute, All).Except(Lines(table)));

    [Fact]
    public void Lines_are_numbered_without_gaps_and_without_doubles()
    {
        var rows = Lines("rows").GroupBy(row => row[0]).ToList();
        Assert.Equal("A17 B12 C9 D7 E18 F18 G16 H11 I23 J7 K17", string.Join(' ', rows.Select(group => $"{group.Key}{group.Count()}")));
        Assert.All(rows, group => Assert.Equal(Enumerable.Range(1, group.Count()).Select(number => $"{group.Key}{number}"), group));
        Assert.Equal(Enumerable.Range(17, 46).Select(number => $"{number}"), Lines("requirements"));
    }

    [Fact]
    public void A_line_that_no_test_names_is_reported()
    {
        Assert.Equal(["A17"], Lines("rows").Except(Tested(typeof(RowAttribute), All.Where(method => method.GetCustomAttribute<RowAttribute>()?.Lines.Contains("A17") != true))));
        Assert.Equal(["62"], Lines("requirements").Except(Tested(typeof(RequirementAttribute), All.Where(method => method.GetCustomAttribute<RequirementAttribute>()?.Lines.Contains("62") != true))));
    }

    [Fact]
    public void A_method_that_is_no_test_proves_nothing()
    {
        Assert.Equal(["A1", "A2"], Tested(typeof(RowAttribute), typeof(Named).GetMethods()));
        Assert.Equal(["17"], Tested(typeof(RequirementAttribute), typeof(Named).GetMethods()));
    }

    /// <remarks><c>dotnet test --filter row=A1</c> and <c>--filter requirement=17</c> compare with them.</remarks>
    [Fact]
    public void The_lines_that_a_test_names_are_its_traits()
    {
        var traits = typeof(Named).GetMethod(nameof(Named.Test))!.GetCustomAttributes().OfType<ITraitAttribute>().SelectMany(attribute => attribute.GetTraits());
        Assert.Equal(["requirement=17", "row=A1", "row=A2"], traits.Select(trait => $"{trait.Key}={trait.Value}").Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string table) =>
    [
        .. File.ReadLines(Repository.Path($"tests/Gateway.Tests/cases/{table}.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)[0]),
    ];

    private static string[] Tested(Type attribute, IEnumerable<MethodInfo> methods) =>
    [
        .. from method in methods
           where method.GetCustomAttribute<FactAttribute>() is not null
           from proves in method.GetCustomAttributes(attribute).Cast<ProvesAttribute>()
           from line in proves.Lines
           select line,
    ];

#pragma warning disable xUnit1000 // It is read by the tests above, and never run.
    private static class Named
    {
        [Fact, Row("A1", "A2"), Requirement(17)]
        public static void Test() { }

        [Row("A3"), Requirement(18)]
        public static void NoTest() { }
    }
#pragma warning restore xUnit1000
}
