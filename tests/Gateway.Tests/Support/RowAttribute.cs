using Xunit.v3;

namespace Gateway.Tests.Support;

/// <summary>
/// Says which rows of cases/rows.txt, the table of what rewriting proxies get wrong, a test proves. <c>dotnet test --filter row=A3</c>
/// runs the tests of one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RowAttribute(params string[] rows) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Rows { get; } = rows;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. Rows.Select(row => KeyValuePair.Create("row", row))];
}
