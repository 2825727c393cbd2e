using System.Text.Json.Serialization;
using Gateway.Cookies;
using Gateway.Script;

namespace Gateway.Texts;

/// <summary>Where a consent tool stores its answers.</summary>
[JsonConverter(typeof(CamelCaseEnum<AnswerKind>))]
internal enum AnswerKind
{
    Cookie,
    LocalStorage,
}

/// <summary>The consent banner of the site itself, which is replaced by that of the gateway.</summary>
internal sealed record ExistingBanner
{
    /// <summary>CSS selectors of the elements to hide.</summary>
    public IReadOnlyList<string> Hide { get; init; } = [];

    /// <summary>Whether to unlock a page that the banner has locked until it is answered.</summary>
    public bool Unlock { get; init; }

    public IReadOnlyList<ToolAnswer> Answers { get; init; } = [];
}

/// <summary>An answer that the gateway stores for the scripts of a consent tool.</summary>
internal sealed record ToolAnswer
{
    public AnswerKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The value with placeholders; see <see cref="AnswerTemplate"/>.</summary>
    public string Value { get; init; } = "";
}
