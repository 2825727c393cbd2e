using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Rules;

/// <summary>What an operator writes for visitors is there in every language of the site, and no page has to take another one.</summary>
public sealed class OperatorTextsTests
{
    [Fact]
    public void A_text_that_misses_a_language_is_an_error_wherever_the_schema_has_texts()
    {
        var found = World.Read("""
            {
              "sites": [{
                "id": "s", "hosts": ["a.example"], "backend": "http://legacy:8000", "languages": ["en", "fr"],
                "controller": { "name": "Owner", "contact": "dpo@example.org" }, "policy": { "reviewed": "2026-11-01" },
                "categories": [{ "id": "statistics", "title": { "en": "Title" }, "description": { "en": "What for." } }],
                "cookies": [{
                  "names": ["a"], "category": "statistics", "provider": "Owner", "duration": "1 day", "privacyPolicy": "https://owner.example/",
                  "function": { "en": "What" }, "purpose": { "en": "Why" }, "location": { "en": "Where" }, "transferBasis": { "en": "Law" }
                }]
              }]
            }
            """).Errors;

        Assert.All(found, problem => Assert.Equal("V1", problem.Code));
        Assert.Equal(
            TextsByLanguage(Schema.Root, "").Order(StringComparer.Ordinal),
            found.Select(problem => problem.Path.Replace("[0]", "[]", StringComparison.Ordinal).Replace(".fr", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>Keys whose value is one text for each language.</summary>
    private static IEnumerable<string> TextsByLanguage(Schema schema, string path) =>
        schema.PatternProperties is [var (name, value)] && name.IsMatch("en") && !name.IsMatch("/") && value.Type == SchemaType.String
            ? [path]
            : schema.Properties.SelectMany(property => TextsByLanguage(property.Value, $"{path}.{property.Key}".TrimStart('.')))
                .Concat(schema.Items is null ? [] : TextsByLanguage(schema.Items, path + "[]"));
}
