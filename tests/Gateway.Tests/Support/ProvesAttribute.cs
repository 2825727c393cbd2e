using Xunit.v3;

namespace Gateway.Tests.Support;

/// <summary>Names the lines of a table under cases/ that a test proves. <c>dotnet test --filter trait=line</c> runs the tests of one line.</summary>
public abstract class ProvesAttribute(string trait, IEnumerable<string> lines) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Lines { get; } = [.. lines];

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. Lines.Select(line => KeyValuePair.Create(trait, line))];
}
