using System.Reflection;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests;

/// <summary>The table of what rewriting proxies get wrong (cases/rows.txt): every row of it has a test that says so.</summary>
public class RowsTests
{
    private static readonly string[] Table =
    [
        .. File.ReadLines(Repository.Path("tests/Gateway.Tests/cases/rows.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2)[0]),
    ];

    private static readonly string[] Tested = [.. RowsOf(typeof(RowsTests).Assembly)];

    [Fact]
    public void Every_row_has_a_test() => Assert.Empty(Table.Except(Tested));

    [Fact]
    public void Every_row_that_a_test_names_is_in_the_table() => Assert.Empty(Tested.Except(Table));

    [Fact]
    public void No_row_was_forgotten_and_none_stands_there_twice()
    {
        var counts = Table.GroupBy(row => row[0]).Select(group => $"{group.Key}{group.Count()}");
        Assert.Equal("A17 B12 C9 D7 E18 F18 G16 H11 I23 J7 K17", string.Join(' ', counts));
        Assert.All(Table.GroupBy(row => row[0]), group => Assert.Equal(Enumerable.Range(1, group.Count()).Select(number => $"{group.Key}{number}"), group));
    }

    [Fact]
    public void A_row_without_a_test_is_noticed() => Assert.Equal(["A18"], Table.Append("A18").Except(Tested));

    // A method that is no test proves nothing.
    private static IEnumerable<string> RowsOf(Assembly tests) =>
        from type in tests.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        from row in method.GetCustomAttribute<RowAttribute>()?.Rows ?? []
        select row;
}
