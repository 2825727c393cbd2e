using System.Text.Json;

namespace Gateway.Config.Reading;

/// <summary>JSON types in plain words.</summary>
internal static class JsonTypeNames
{
    public static string Of(SchemaType type) => type switch
    {
        SchemaType.Object => "an object in braces",
        SchemaType.Array => "a list in square brackets",
        SchemaType.String => "a text in quotes",
        SchemaType.Integer => "a whole number",
        _ => "true or false",
    };

    public static string Of(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
