using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Config.Reading;

/// <summary>Reads the embedded schema. A keyword beside a <c>$ref</c> goes before the same keyword of its target.</summary>
internal sealed class SchemaReader(JsonElement document)
{
    public Schema Read() => Read(document);

    private Schema Read(JsonElement node)
    {
        var type = Enum.Parse<SchemaType>(Text(node, "type")!, ignoreCase: true);
        return new Schema
        {
            Type = type,
            Description = Text(node, "description") ?? "",
            Properties = Find(node, "properties") is { } properties
                ? properties.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal)
                : new Dictionary<string, Schema>(),
            PatternProperties = Find(node, "patternProperties") is { } patterns
                ? [.. patterns.EnumerateObject().Select(p => (Whole(p.Name), Read(p.Value)))]
                : [],
            Required = Words(node, "required").ToHashSet(StringComparer.Ordinal),
            Items = Find(node, "items") is { } items ? Read(items) : null,
            UniqueItems = Find(node, "uniqueItems")?.GetBoolean() ?? false,
            Bounds = (Number(node, type, "min", 0), Number(node, type, "max", int.MaxValue)),
            Pattern = Text(node, "pattern") is { } pattern ? Whole(pattern) : null,
            Format = Text(node, "format"),
            Enum = [.. Words(node, "enum")],
            Default = Find(node, "default")?.Clone(),
            Rule = Text(node, "x-rule"),
            Code = Text(node, "x-code"),
            Secret = Find(node, "x-secret")?.GetBoolean() ?? false,
        };
    }

    private JsonElement? Find(JsonElement node, string keyword)
    {
        if (node.TryGetProperty(keyword, out var own))
            return own;

        return node.TryGetProperty("$ref", out var reference)
            ? Find(document.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), keyword)
            : null;
    }

    private string? Text(JsonElement node, string keyword) => Find(node, keyword)?.GetString();

    private IEnumerable<string> Words(JsonElement node, string keyword) =>
        Find(node, keyword)?.EnumerateArray().Select(word => word.GetString()!) ?? [];

    private int Number(JsonElement node, SchemaType type, string side, int otherwise)
    {
        var suffix = type switch { SchemaType.String => "Length", SchemaType.Array => "Items", _ => "imum" };
        return Find(node, side + suffix)?.GetInt32() ?? otherwise;
    }

    /// <summary>A pattern's final <c>$</c> also matches before a line break in .NET, though not in JSON Schema.</summary>
    private static Regex Whole(string pattern) => new(pattern[..^1] + @"\z", RegexOptions.CultureInvariant);
}
