using System.Text.RegularExpressions;
using Gateway.Texts;

namespace Gateway.Script;

/// <summary>A placeholder: what stands there where a category is granted, and where it is refused or not decided.</summary>
internal sealed record AnswerPlaceholder(string Name, string Granted, string Refused);

/// <summary>
/// The value of a <see cref="ToolAnswer"/>. In it <c>{statistics}</c> becomes <c>true</c> or <c>false</c>, <c>{statistics|yes|no}</c>
/// one of those words, either of which may be empty; <c>{DECIDED}</c> the day of the decision (ISO 8601, in UTC), and
/// <c>{EXPIRES}</c> the moment at which it ends, in milliseconds since 1970. Other braces stay. <c>existing.js</c> reads it likewise.
/// </summary>
internal static partial class AnswerTemplate
{
    /// <summary>Placeholders that are no category.</summary>
    public static readonly IReadOnlyList<string> Times = ["DECIDED", "EXPIRES"];

    public static IEnumerable<AnswerPlaceholder> Placeholders(string template) => Placeholder().Matches(template)
        .Select(match => match.Groups["granted"].Success
            ? new AnswerPlaceholder(match.Groups["name"].Value, match.Groups["granted"].Value, match.Groups["refused"].Value)
            : new AnswerPlaceholder(match.Groups["name"].Value, "true", "false"));

    [GeneratedRegex(@"\{(?<name>[A-Za-z][\w-]*)(\|(?<granted>[^{|}]*)\|(?<refused>[^{|}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript)]
    private static partial Regex Placeholder();
}
