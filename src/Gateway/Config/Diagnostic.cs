using System.Text;

namespace Gateway.Config;

/// <summary>What a problem means for the gateway.</summary>
internal enum Severity
{
    /// <summary>It does not start, or keeps the configuration it has.</summary>
    Error,

    /// <summary>It starts all the same; something is doubtful.</summary>
    Warning,

    /// <summary>Nothing is wrong; <c>check</c> says what is good to know.</summary>
    Note,
}

/// <summary>One thing that is wrong, or doubtful, in a configuration file: place, value, rule and remedy.</summary>
internal sealed record Diagnostic
{
    /// <summary>The file, as the operator named it.</summary>
    public string File { get; init; } = "";

    /// <summary>From 1; 0 where the whole file is meant.</summary>
    public int Line { get; init; }

    /// <summary>From 1, in characters.</summary>
    public int Column { get; init; }

    /// <summary>Such as <c>sites[0].cookies[3].category</c>; empty where the whole file is meant.</summary>
    public string Path { get; init; } = "";

    /// <summary>The value as it is printed; absent where it is missing, secret or of no use.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong with it, as a sentence that goes on from the value.</summary>
    public required string Rule { get; init; }

    /// <summary>What to do, in a sentence of its own.</summary>
    public string? Remedy { get; init; }

    public Severity Severity { get; init; }

    /// <summary>Name of the rule: V1 to V17 and W1 to W15 are rules of law, others are words (<c>shape</c>).</summary>
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

    /// <summary>In the order of the files and of their lines, errors and warnings together.</summary>
    public static IReadOnlyList<Diagnostic> Sorted(IEnumerable<Diagnostic> problems) =>
        [.. problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)];

    /// <summary>The text in quotes, on one line and shortened to something readable.</summary>
    public static string Quote(string text) => $"\"{Clean(text)}\"";

    /// <summary>The text without control characters and an address's user name and password, cut after 100 characters.</summary>
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
