using System.Reflection;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests;

/// <summary>
/// Two tables whose every line has a test that says so: what rewriting proxies get wrong (cases/rows.txt), and what law and
/// accessibility ask of the banner, the settings and the policy (cases/requirements.txt).
/// </summary>
public class TablesTests
{
    public static TheoryData<string, Type> Tables => new() { { "rows", typeof(RowAttribute) }, { "requirements", typeof(RequirementAttribute) } };

    [Theory, MemberData(nameof(Tables))]
    public void Every_line_has_a_test(string table, Type attribute) => Assert.Empty(Lines(table).Except(Tested(attribute)));

    [Theory, MemberData(nameof(Tables))]
    public void Every_line_that_a_test_names_is_in_the_table(string table, Type attribute) => Assert.Empty(Tested(attribute).Except(Lines(table)));

    [Fact]
    public void No_line_was_forgotten_and_none_stands_there_twice()
    {
        var rows = Lines("rows").GroupBy(row => row[0]).ToList();
        Assert.Equal("A17 B12 C9 D7 E18 F18 G16 H11 I23 J7 K17", string.Join(' ', rows.Select(group => $"{group.Key}{group.Count()}")));
        Assert.All(rows, group => Assert.Equal(Enumerable.Range(1, group.Count()).Select(number => $"{group.Key}{number}"), group));
        Assert.Equal(Enumerable.Range(17, 46).Select(number => $"{number}"), Lines("requirements"));
    }

    [Theory]
    [InlineData("rows", typeof(RowAttribute), "A18")]
    [InlineData("requirements", typeof(RequirementAttribute), "63")]
    public void A_line_without_a_test_is_noticed(string table, Type attribute, string line) =>
        Assert.Equal([line], Lines(table).Append(line).Except(Tested(attribute)));

    private static string[] Lines(string table) =>
    [
        .. File.ReadLines(Repository.Path($"tests/Gateway.Tests/cases/{table}.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)[0]),
    ];

    // A method that is no test proves nothing.
    private static string[] Tested(Type attribute) =>
    [
        .. from type in typeof(TablesTests).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FactAttribute>() is not null
           from proves in method.GetCustomAttributes(attribute).Cast<ProvesAttribute>()
           from line in proves.Lines
           select line,
    ];
}
