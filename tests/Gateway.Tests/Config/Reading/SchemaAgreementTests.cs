using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>The schema, the records and the annotated sample agree.</summary>
public sealed class SchemaAgreementTests
{
    private static readonly string[] KnownKeywords =
    [
        "$schema", "$defs", "$ref", "title", "description", "type", "properties", "patternProperties", "additionalProperties", "required",
        "items", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "minimum", "maximum", "pattern", "format", "enum",
        "default", "x-rule", "x-code", "x-secret", "x-short",
    ];

    [Fact]
    public void The_schema_and_the_records_have_the_same_keys_enumerations_and_defaults()
    {
        var differences = new List<string>();
        Compare(Schema.Root, ConfigJson.Default.GatewayConfig, "", differences);

        Assert.Equal([], differences);
    }

    [Fact]
    public void Every_key_has_a_description_and_every_pattern_has_a_message()
    {
        foreach (var (path, schema) in Keys(Schema.Root, ""))
        {
            Assert.True(schema.Description.Length > 8 && schema.Description.EndsWith('.'), path);
            Assert.True(schema.Pattern is null || schema.Rule is not null, $"{path} has a pattern without a message");
        }
    }

    [Fact]
    public void The_schema_uses_only_keywords_that_the_reader_supports()
    {
        using var document = JsonDocument.Parse(Schema.ReadBytes());
        CheckKeywords(document.RootElement);

        var text = document.RootElement.GetRawText();
        Assert.All(Regex.Matches(text, "\"pattern\": \"(.*)\""), match => Assert.Matches(@"^\^.*\$$", match.Groups[1].Value));
        Assert.Equal(Regex.Count(text, "\"type\": (\"object\"|\\[\"object\", \"string\"\\])"), Regex.Count(text, "\"additionalProperties\": false"));
    }

    [Fact]
    public void The_annotated_sample_contains_every_key()
    {
        var sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "gateway.json"));
        var comments = string.Join('\n', sample.Split('\n').Where(line => line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using var document = JsonDocument.Parse(sample, options);
        var shown = Shown(document.RootElement, "").ToHashSet();

        var missing = Keys(Schema.Root, "").Select(key => key.Path)
            .Where(path => !shown.Contains(path) && !comments.Contains($"\"{path[(path.LastIndexOf('.') + 1)..]}\":", StringComparison.Ordinal));

        Assert.Equal([], missing);
    }

    [Fact]
    public void The_annotated_sample_has_the_documented_defaults()
    {
        var sample = World.Loader().Load(Path.Combine(AppContext.BaseDirectory, "config", "gateway.json")).Config;

        Assert.Equal(new GatewayConfig().Listen, sample.Listen);
        Assert.Equal(new OperatorConfig(), sample.Operator);
        Assert.Equal(new SiteConfig().ConsentCookie, sample.Sites[0].ConsentCookie);
        Assert.Equal(new SiteConfig().Banner, sample.Sites[0].Banner);
        Assert.Equal(new SiteConfig().Prefix, sample.Sites[0].Prefix);
        Assert.Equal(new SiteConfig().Mode, sample.Sites[0].Mode);
        Assert.Equal(new SiteConfig().Controller.Authority, sample.Sites[0].Controller.Authority);
    }

    private static void Compare(Schema schema, JsonTypeInfo type, string path, List<string> differences)
    {
        if (schema.Items is not null && type.Options.TryGetTypeInfo(type.ElementType!, out var element))
            Compare(schema.Items, element, path + "[]", differences);
        if (schema.Type != SchemaType.Object || schema.PatternProperties.Count > 0)
            return;

        var members = type.Properties.Where(member => member.Get is not null).ToDictionary(member => member.Name);
        differences.AddRange(schema.Properties.Keys.Except(members.Keys).Select(key => $"{path}.{key} is in the schema only"));
        differences.AddRange(members.Keys.Except(schema.Properties.Keys).Select(key => $"{path}.{key} is in the records only"));
        var fresh = Activator.CreateInstance(type.Type)!;
        foreach (var (key, property) in schema.Properties.Where(property => members.ContainsKey(property.Key)))
        {
            var member = members[key];
            var memberType = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (memberType.IsEnum && !property.Enum.SequenceEqual(Enum.GetNames(memberType).Select(JsonNamingPolicy.CamelCase.ConvertName)))
                differences.Add($"{path}.{key} has other values");
            if (!schema.Required.Contains(key) && Default(property) != Default(member, fresh))
                differences.Add($"{path}.{key} has the default {Default(property)} in the schema, {Default(member, fresh)} in the records");
            Compare(property, type.Options.GetTypeInfo(memberType), $"{path}.{key}", differences);
        }
    }

    /// <summary>The default as the reader fills it in.</summary>
    private static string Default(Schema schema)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            DefaultValues.Write(writer, schema, name: null, needed: false);
        return bytes.Length == 0 ? "null" : System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Default(JsonPropertyInfo member, object fresh)
    {
        var options = new JsonSerializerOptions(member.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
        return JsonSerializer.Serialize(member.Get!(fresh), options.GetTypeInfo(member.PropertyType));
    }

    private static IEnumerable<(string Path, Schema Schema)> Keys(Schema schema, string path) => schema.Properties
        .SelectMany(property => Keys(property.Value, $"{path}.{property.Key}").Prepend(($"{path}.{property.Key}", property.Value)))
        .Concat(schema.Items is null ? [] : Keys(schema.Items, path));

    private static IEnumerable<string> Shown(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Shown(member.Value, $"{path}.{member.Name}").Prepend($"{path}.{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Shown(item, path)),
        _ => [],
    };

    private static void CheckKeywords(JsonElement node)
    {
        foreach (var keyword in node.EnumerateObject())
        {
            Assert.Contains(keyword.Name, KnownKeywords);
            if (keyword.Name is "properties" or "patternProperties" or "$defs")
                Assert.All(keyword.Value.EnumerateObject(), child => CheckKeywords(child.Value));
            else if (keyword.Name == "items")
                CheckKeywords(keyword.Value);
        }
    }
}
