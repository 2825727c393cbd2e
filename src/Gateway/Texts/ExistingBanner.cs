using System.Text.Json.Serialization;
using Gateway.Cookies;
using Gateway.Script;

namespace Gateway.Texts;

/// <summary>Where another consent tool keeps its answers.</summary>
[JsonConverter(typeof(CamelCaseEnum<AnswerKind>))]
internal enum AnswerKind
{
    Cookie,
    LocalStorage,
}

/// <summary>The consent banner that a site has of its own.</summary>
internal sealed record ExistingBanner
{
    /// <summary>CSS selectors of its elements, which are never shown.</summary>
    public IReadOnlyList<string> Hide { get; init; } = [];

    /// <summary>Whether the page scrolls and can be used although that banner waits for its answer.</summary>
    public bool Unlock { get; init; }

    public IReadOnlyList<ToolAnswer> Answers { get; init; } = [];
}

/// <summary>What a tool's scripts find as the visitor's answer, so that they do what was decided here.</summary>
internal sealed record ToolAnswer
{
    public AnswerKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>With placeholders, as <see cref="AnswerTemplate"/> reads them.</summary>
    public string Value { get; init; } = "";
}
