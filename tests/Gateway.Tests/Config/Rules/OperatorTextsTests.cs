using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Rules;

/// <summary>The texts of the operator are complete in every language of the site.</summary>
public sealed class OperatorTextsTests
{
    [Fact]
    public void A_missing_language_is_an_error_for_every_key_with_texts_by_language()
    {
        var errors = World.Read("""
            {
              "sites": [{
                "id": "s", "hosts": ["a.example"], "backend": "http://legacy:8000", "languages": ["en", "fr"],
                "controller": { "name": "Owner", "contact": "dpo@example.org" }, "policy": { "reviewed": "2026-11-01" },
                "categories": [{ "id": "statistics", "title": { "en": "Title" }, "description": { "en": "What for." } }],
                "cookies": [{
                  "names": ["a"], "category": "statistics", "provider": "Owner", "duration": "1 day", "privacyPolicy": "https://owner.example/",
                  "function": { "en": "What" }, "purpose": { "en": "Why" }, "location": { "en": "Where" }, "transferBasis": { "en": "Law" }
                }],
                "providers": [{ "name": "Other", "transferBasis": { "en": "Law" } }]
              }]
            }
            """).Errors;

        Assert.All(errors, problem => Assert.Equal("V1", problem.Code));
        Assert.Equal(
            TextsByLanguage(Schema.Root, "").Order(StringComparer.Ordinal),
            errors.Select(problem => problem.Path.Replace("[0]", "[]", StringComparison.Ordinal).Replace(".fr", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>The keys whose value is a text for each language.</summary>
    private static IEnumerable<string> TextsByLanguage(Schema schema, string path) =>
        schema.PatternProperties is [var (name, value)] && name.IsMatch("en") && !name.IsMatch("/") && value.Type == SchemaType.String
            ? [path]
            : schema.Properties.SelectMany(property => TextsByLanguage(property.Value, $"{path}.{property.Key}".TrimStart('.')))
                .Concat(schema.Items is null ? [] : TextsByLanguage(schema.Items, path + "[]"));
}
