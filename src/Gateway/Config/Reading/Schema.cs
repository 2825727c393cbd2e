using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Texts;

namespace Gateway.Config.Reading;

/// <summary>The JSON types that the schema uses.</summary>
internal enum SchemaType
{
    Object,
    Array,
    String,
    Integer,
    Boolean,
}

/// <summary>
/// A node of <c>config/gateway.schema.json</c>. The embedded schema is the only definition of the shape of a configuration document:
/// the reader validates the file against it and takes the defaults from it.
/// In addition to JSON Schema 2020-12 it has four annotations: <c>x-rule</c> (the message when <c>pattern</c> or <c>format</c> fails),
/// <c>x-code</c> (the code of the problem), <c>x-secret</c> (the value is never printed) and <c>x-short</c> (the key that a string in place of
/// the object stands for).
/// </summary>
internal sealed record Schema
{
    private const string FileName = "gateway.schema.json";

    private static readonly Lazy<Schema> Embedded = new(Load);

    /// <summary>The schema of a whole configuration document.</summary>
    public static Schema Root => Embedded.Value;

    public required SchemaType Type { get; init; }

    public required string Description { get; init; }

    /// <summary>The schemas of the keys with a fixed name.</summary>
    public required IReadOnlyDictionary<string, Schema> Properties { get; init; }

    /// <summary>The schemas of the keys whose name matches a pattern, such as language codes.</summary>
    public required IReadOnlyList<(Regex Name, Schema Value)> PatternProperties { get; init; }

    public required IReadOnlySet<string> Required { get; init; }

    public required Schema? Items { get; init; }

    public required bool UniqueItems { get; init; }

    /// <summary>The inclusive limits: characters of a string, items of an array, or the value of an integer.</summary>
    public required (int Least, int Most) Bounds { get; init; }

    public required Regex? Pattern { get; init; }

    /// <summary><c>date</c>, <c>duration</c> or <c>lifetime</c> (a duration as policies write it): the string is parsed into another type.</summary>
    public required string? Format { get; init; }

    public required IReadOnlyList<string> Enum { get; init; }

    public required JsonElement? Default { get; init; }

    public required string? Rule { get; init; }

    public required string? Code { get; init; }

    public required bool Secret { get; init; }

    /// <summary>The key that a string in place of the object stands for; null if the value must be an object.</summary>
    public required string? Short { get; init; }

    /// <summary>Whether the string is parsed into another type, so that an invalid one cannot be deserialized.</summary>
    public bool IsParsed => Format is not null || Enum.Count > 0;

    /// <summary>The schema of a key; null if the key is not allowed.</summary>
    public Schema? Property(string name) =>
        Properties.TryGetValue(name, out var exact)
            ? exact
            : PatternProperties.FirstOrDefault(pattern => pattern.Name.IsMatch(name)).Value;

    /// <summary>The bytes of the embedded file.</summary>
    public static byte[] ReadBytes() => EmbeddedFile.ReadBytes(FileName);

    /// <summary>The name of a type as problems print it.</summary>
    public static string NameOf(SchemaType type) => type switch
    {
        SchemaType.Object => "an object",
        SchemaType.Array => "an array",
        SchemaType.String => "a string",
        SchemaType.Integer => "an integer",
        _ => "true or false",
    };

    /// <summary>The name of the type of a value as problems print it.</summary>
    public static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };

    private static Schema Load()
    {
        using var document = JsonDocument.Parse(ReadBytes());
        return new Reader(document.RootElement).Read();
    }

    /// <summary>Reads the nodes of the file. A keyword beside a <c>$ref</c> takes precedence over the same keyword of the target.</summary>
    private sealed class Reader(JsonElement document)
    {
        public Schema Read() => Read(document);

        private Schema Read(JsonElement node)
        {
            var type = System.Enum.Parse<SchemaType>(TypeOf(Find(node, "type")!.Value)!, ignoreCase: true);
            return new Schema
            {
                Type = type,
                Description = String(node, "description") ?? "",
                Properties = Find(node, "properties") is { } properties
                    ? properties.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal)
                    : new Dictionary<string, Schema>(),
                PatternProperties = Find(node, "patternProperties") is { } patterns
                    ? [.. patterns.EnumerateObject().Select(p => (Anchored(p.Name), Read(p.Value)))]
                    : [],
                Required = Strings(node, "required").ToHashSet(StringComparer.Ordinal),
                Items = Find(node, "items") is { } items ? Read(items) : null,
                UniqueItems = Find(node, "uniqueItems")?.GetBoolean() ?? false,
                Bounds = (Integer(node, type, "min", 0), Integer(node, type, "max", int.MaxValue)),
                Pattern = String(node, "pattern") is { } pattern ? Anchored(pattern) : null,
                Format = String(node, "format"),
                Enum = [.. Strings(node, "enum")],
                Default = Find(node, "default")?.Clone(),
                Rule = String(node, "x-rule"),
                Code = String(node, "x-code"),
                Secret = Find(node, "x-secret")?.GetBoolean() ?? false,
                Short = String(node, "x-short"),
            };
        }

        // [ "object", "string" ] goes with x-short.
        private static string? TypeOf(JsonElement type) => (type.ValueKind == JsonValueKind.Array ? type[0] : type).GetString();

        private JsonElement? Find(JsonElement node, string keyword)
        {
            if (node.TryGetProperty(keyword, out var own))
                return own;

            return node.TryGetProperty("$ref", out var reference)
                ? Find(document.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), keyword)
                : null;
        }

        private string? String(JsonElement node, string keyword) => Find(node, keyword)?.GetString();

        private IEnumerable<string> Strings(JsonElement node, string keyword) =>
            Find(node, keyword)?.EnumerateArray().Select(item => item.GetString()!) ?? [];

        private int Integer(JsonElement node, SchemaType type, string prefix, int defaultValue)
        {
            var suffix = type switch { SchemaType.String => "Length", SchemaType.Array => "Items", _ => "imum" };
            return Find(node, prefix + suffix)?.GetInt32() ?? defaultValue;
        }

        /// <summary>In .NET, <c>$</c> at the end also matches before a final line break; in JSON Schema it does not.</summary>
        private static Regex Anchored(string pattern) => new(pattern[..^1] + @"\z", RegexOptions.CultureInvariant);
    }
}
