using System.Text;

namespace Gateway.Config;

/// <summary>How serious a problem is.</summary>
internal enum Severity
{
    /// <summary>The gateway does not start, or keeps its current configuration.</summary>
    Error,

    /// <summary>The gateway uses the configuration, but something may be wrong.</summary>
    Warning,

    /// <summary>Information that only <c>gateway check</c> prints.</summary>
    Note,
}

/// <summary>A problem in a configuration: its position, the value, the rule and the remedy.</summary>
internal sealed record Diagnostic
{
    /// <summary>The path of the file.</summary>
    public string File { get; init; } = "";

    /// <summary>The line, from 1; 0 if the problem concerns the whole file.</summary>
    public int Line { get; init; }

    /// <summary>The column in characters, from 1.</summary>
    public int Column { get; init; }

    /// <summary>The path, such as <c>sites[0].cookies[3].category</c>; empty if the problem concerns the whole file.</summary>
    public string Path { get; init; } = "";

    /// <summary>The value as printed; null if it is missing, secret or not helpful.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong, as a continuation of the value.</summary>
    public required string Rule { get; init; }

    /// <summary>What to do, as a separate sentence.</summary>
    public string? Remedy { get; init; }

    public Severity Severity { get; init; }

    /// <summary>The code of the rule: V1 to V17 and W1 to W15 are legal rules, others are words such as <c>shape</c>.</summary>
    public required string Code { get; init; }

    /// <summary><c>file:line:column path: "value" rule. Remedy.</c></summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line > 0)
            text.Append($":{Line}:{Column}");
        text.Append(Path.Length > 0 ? " " : ": ");
        if (Severity != Severity.Error)
            text.Append(Severity == Severity.Warning ? "warning: " : "note: ");
        if (Path.Length > 0)
            text.Append($"{Path}: ");
        if (Value is not null)
            text.Append($"{Value} ");
        text.Append(Rule);
        if (Remedy is not null)
            text.Append($" {Remedy}");
        return text.ToString();
    }

    /// <summary>The problems ordered by file, line and column.</summary>
    public static IReadOnlyList<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column)];

    /// <summary>The text in quotes, cleaned as by <see cref="Clean"/>.</summary>
    public static string Quote(string text) => $"\"{Clean(text)}\"";

    /// <summary>The text without control characters and without the user name and password of a URL, truncated to 100 characters.</summary>
    public static string Clean(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : text.IndexOf('@', scheme);
        if (at >= 0)
            text = $"{text[..(scheme + 3)]}***{text[at..]}";

        var cut = text.Length > 100 ? text[..100] + "…" : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
