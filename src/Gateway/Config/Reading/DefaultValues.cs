using System.Text.Json;

namespace Gateway.Config.Reading;

/// <summary>Writes what takes the place of a value that is absent or unusable: its default, or the emptiest of its type.</summary>
internal static class DefaultValues
{
    /// <summary>Writes the defaults of every key of an object that was not written yet.</summary>
    public static void WriteRest(Utf8JsonWriter copy, Schema schema, IReadOnlySet<string> written)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (!written.Contains(name))
                Write(copy, property, name, needed: schema.Required.Contains(name));
        }
    }

    /// <param name="copy">Where to.</param>
    /// <param name="schema">Of the value.</param>
    /// <param name="name">Its key; null for an item of a list, which keeps its place so that later indexes stay true.</param>
    /// <param name="needed">Whether it must not be absent.</param>
    public static void Write(Utf8JsonWriter copy, Schema schema, string? name, bool needed)
    {
        // A text that is read into something else has no emptiest value that could be written.
        if (schema.Default is null && (!needed || StringShape.IsParsed(schema)))
            return;

        if (name is not null)
            copy.WritePropertyName(name);

        if (schema.Type == SchemaType.Object)
        {
            copy.WriteStartObject();
            WriteRest(copy, schema, new HashSet<string>());
            copy.WriteEndObject();
        }
        else if (schema.Default is { } value)
        {
            value.WriteTo(copy);
        }
        else
        {
            WriteEmpty(copy, schema.Type);
        }
    }

    private static void WriteEmpty(Utf8JsonWriter copy, SchemaType type)
    {
        switch (type)
        {
            case SchemaType.Array:
                copy.WriteStartArray();
                copy.WriteEndArray();
                break;
            case SchemaType.Boolean:
                copy.WriteBooleanValue(false);
                break;
            case SchemaType.Integer:
                copy.WriteNumberValue(0);
                break;
            default:
                copy.WriteStringValue("");
                break;
        }
    }
}
