namespace Gateway.Config.Reading;

/// <summary>What to say to somebody who wrote a key that does not exist.</summary>
internal static class UnknownKeys
{
    /// <summary>Keys that people look for and that are missing on purpose: part of the name, rule, reason.</summary>
    private static readonly (string Part, string Code, string Reason)[] OnPurpose =
    [
        ("wall", "V13", "There is no cookie wall: who must accept to go on does not consent freely (GDPR 7(4))."),
        ("accepttocontinue", "V13", "There is no cookie wall: who must accept to go on does not consent freely (GDPR 7(4))."),
        ("checked", "V11", "Nothing is ticked in advance (GDPR recital 32)."),
        ("preselect", "V11", "Nothing is ticked in advance (GDPR recital 32)."),
        ("refuse", "V11", "Refusing looks and works like accepting, everywhere and for as long (CNIL 2020-092)."),
        ("reject", "V11", "Refusing looks and works like accepting, everywhere and for as long (CNIL 2020-092)."),
        ("css", "V11", "No style sheet can be given: it could make one button weaker than the other."),
        ("sliding", "V6", "A choice holds from the day it was made; no visit prolongs it."),
        ("norefresh", "V5", "Exempt audience cookies are never prolonged by later visits; there is nothing to set."),
        ("multidevice", "V16", "Choices are not carried from one device to another."),
        ("reverseproxy", "shape", "YARP's own sections are not read: their transforms could get round the filter."),
    ];

    private static readonly Lazy<ILookup<string, string>> PathsByKey = new(() =>
        Paths(Schema.Root, "").ToLookup(pair => pair.Key, pair => pair.Path, StringComparer.Ordinal));

    /// <summary>The rule behind the absence, the key that was probably meant (if it exists here), and the remedy.</summary>
    public static (string Code, string? Meant, string Remedy) Explain(string key, Schema parent)
    {
        foreach (var (part, code, reason) in OnPurpose)
        {
            if (key.Contains(part, StringComparison.OrdinalIgnoreCase))
                return (code, null, reason);
        }

        if (Nearest.Of(key, parent.Properties.Keys) is { } meant)
            return ("shape", meant, $"Did you mean \"{meant}\"?");

        if (PathsByKey.Value[key].FirstOrDefault() is { } elsewhere)
            return ("shape", null, $"It belongs elsewhere: {elsewhere}.");

        return ("shape", null, parent.PatternProperties.Count > 0
            ? "Expected: a language code such as \"en\"."
            : $"Known here: {string.Join(", ", parent.Properties.Keys)}.");
    }

    private static IEnumerable<(string Key, string Path)> Paths(Schema schema, string path) => schema.Properties
        .SelectMany(property => Paths(property.Value, $"{path}{property.Key}.").Prepend((property.Key, path + property.Key)))
        .Concat(schema.Items is null ? [] : Paths(schema.Items, path.TrimEnd('.') + "[]."));
}
