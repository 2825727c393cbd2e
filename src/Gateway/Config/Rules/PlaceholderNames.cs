using System.Text.RegularExpressions;

namespace Gateway.Config.Rules;

/// <summary>
/// Finds names that were copied from a published policy, where <c>_ga_&lt;container-id&gt;</c> or <c>AMP_xxxxx</c> stands for many names. As
/// names of the table they would match nothing.
/// </summary>
internal static partial class PlaceholderNames
{
    /// <summary>What is wrong with the name and what was meant; null for a name that can exist.</summary>
    public static (string Rule, string Remedy)? Find(string name)
    {
        if (Several().Split(name) is { Length: > 1 } names && Array.TrueForAll(names, one => one.Length > 0))
            return ("contains several names.", $"Write them as items: {string.Join(", ", names.Select(one => $"\"{PatternOf(one) ?? one}\""))}.");
        return PatternOf(name) is { } pattern
            ? ("has a placeholder for a part that varies, and would match no cookie.", $"Use \"{pattern}\".")
            : null;
    }

    // One * can stand between two fixed parts. Of several placeholders, it replaces everything from the first on.
    private static string? PatternOf(string name)
    {
        var found = Placeholder().Matches(name);
        if (found.Count == 0)
            return null;

        var (first, last) = (found[0], found[^1]);
        var suffix = found.Count == 1 && !name.Contains('*') ? name[(last.Index + last.Length)..] : "";
        var prefix = name[..first.Index];
        return prefix.Contains('*') ? prefix[..(prefix.IndexOf('*') + 1)] : $"{prefix}*{suffix}";
    }

    [GeneratedRegex(@"<[^<>]{1,40}>|(?<!\$)\{\{?[A-Za-z][\w .:-]{0,40}\}?\}|\{#+\}|\[(?:[\w .-]*(?:id|hash|key|name|number|token|code|value)|x+|n|#+|\.\.\.|…)\]|(?<=[._-])#+|#+$|(?<![A-Za-z])(?:x{3,}|X{3,})(?![A-Za-z])|\.{3,}|…|%[sd]", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s*,\s+|\s+(?:and|or|et|ou)\s+|\s+/\s+|(?<=^[\w.*-]+),(?=[\w.*-]+$)")]
    private static partial Regex Several();
}
