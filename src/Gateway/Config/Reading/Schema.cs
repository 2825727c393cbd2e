using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Config.Reading;

/// <summary>JSON types that the schema uses.</summary>
internal enum SchemaType
{
    Object,
    Array,
    String,
    Integer,
    Boolean,
}

/// <summary>
/// One node of <c>config/gateway.schema.json</c>, which is embedded and is the only statement of the document's shape:
/// the reader holds the file against it and takes the defaults from it.
/// Besides JSON Schema 2020-12 it knows three annotations: <c>x-rule</c> (what to say when pattern or format fail),
/// <c>x-code</c> (the rule of law behind it) and <c>x-secret</c> (the value is never printed).
/// </summary>
internal sealed record Schema
{
    private static readonly Lazy<Schema> Embedded = new(Load);

    /// <summary>The schema of a whole configuration document.</summary>
    public static Schema Root => Embedded.Value;

    public required SchemaType Type { get; init; }

    public required string Description { get; init; }

    /// <summary>By exact name.</summary>
    public required IReadOnlyDictionary<string, Schema> Properties { get; init; }

    /// <summary>By pattern of the name; used for texts by language.</summary>
    public required IReadOnlyList<(Regex Name, Schema Value)> PatternProperties { get; init; }

    public required IReadOnlySet<string> Required { get; init; }

    public required Schema? Items { get; init; }

    public required bool UniqueItems { get; init; }

    /// <summary>Least and most: characters of a string, items of an array, value of an integer.</summary>
    public required (int Least, int Most) Bounds { get; init; }

    public required Regex? Pattern { get; init; }

    /// <summary><c>date</c> or <c>lifetime</c>: strings that are read into something else than a string.</summary>
    public required string? Format { get; init; }

    public required IReadOnlyList<string> Enum { get; init; }

    public required JsonElement? Default { get; init; }

    public required string? Rule { get; init; }

    public required string? Code { get; init; }

    public required bool Secret { get; init; }

    /// <summary>The schema of a key, or null where no such key exists.</summary>
    public Schema? Property(string name) =>
        Properties.TryGetValue(name, out var exact)
            ? exact
            : PatternProperties.FirstOrDefault(pattern => pattern.Name.IsMatch(name)).Value;

    /// <summary>Bytes of the embedded file.</summary>
    public static byte[] ReadBytes()
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream("gateway.schema.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Schema Load()
    {
        using var document = JsonDocument.Parse(ReadBytes());
        return new SchemaReader(document.RootElement).Read();
    }
}
