namespace Gateway.Config.Reading;

/// <summary>Explains unknown keys.</summary>
internal static class UnknownKeys
{
    /// <summary>Settings that are missing by design: part of the name, code of the rule, reason.</summary>
    private static readonly (string Part, string Code, string Reason)[] Excluded =
    [
        ("wall", "V13", "A cookie wall is not supported: consent that is required for access is not freely given (GDPR 7(4))."),
        ("accepttocontinue", "V13", "A cookie wall is not supported: consent that is required for access is not freely given (GDPR 7(4))."),
        ("checked", "V11", "Check boxes are never pre-ticked (GDPR recital 32)."),
        ("preselect", "V11", "Check boxes are never pre-ticked (GDPR recital 32)."),
        ("refuse", "V11", "Refusing always looks, works and lasts like accepting (CNIL 2020-092)."),
        ("reject", "V11", "Refusing always looks, works and lasts like accepting (CNIL 2020-092)."),
        ("css", "V11", "Custom style sheets are not supported: they could make one button less prominent than the other."),
        ("sliding", "V6", "A choice expires a fixed time after it was made; later visits do not extend it."),
        ("norefresh", "V5", "Exempt audience cookies are never extended by later visits; no setting is needed."),
        ("multidevice", "V16", "Choices are not shared between devices."),
        ("reverseproxy", "shape", "YARP sections are not supported: their transforms could bypass the filter."),
    ];

    private static readonly Lazy<ILookup<string, string>> PathsByKey = new(() =>
        Paths(Schema.Root, "").ToLookup(pair => pair.Key, pair => pair.Path, StringComparer.Ordinal));

    /// <summary>The code of the rule, the similar key that exists here (if any), and the remedy.</summary>
    public static (string Code, string? Suggestion, string Remedy) Explain(string key, Schema parent)
    {
        foreach (var (part, code, reason) in Excluded)
        {
            if (key.Contains(part, StringComparison.OrdinalIgnoreCase))
                return (code, null, reason);
        }

        if (Nearest.Of(key, parent.Properties.Keys) is { } nearest)
            return ("shape", nearest, $"Did you mean \"{nearest}\"?");

        if (PathsByKey.Value[key].FirstOrDefault() is { } elsewhere)
            return ("shape", null, $"The key belongs to {elsewhere}.");

        return ("shape", null, parent.PatternProperties.Count > 0
            ? "Expected: a language code such as \"en\"."
            : $"Known keys: {string.Join(", ", parent.Properties.Keys)}.");
    }

    private static IEnumerable<(string Key, string Path)> Paths(Schema schema, string path) => schema.Properties
        .SelectMany(property => Paths(property.Value, $"{path}{property.Key}.").Prepend((property.Key, path + property.Key)))
        .Concat(schema.Items is null ? [] : Paths(schema.Items, path.TrimEnd('.') + "[]."));
}
