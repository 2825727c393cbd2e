using System.Text.Json;

namespace Gateway.Config.Reading;

/// <summary>Writes the value to use instead of a missing or invalid one: its default, or the empty value of its type.</summary>
internal static class DefaultValues
{
    /// <summary>Writes the default of every key of an object that has not been written yet.</summary>
    public static void WriteRest(Utf8JsonWriter copy, Schema schema, IReadOnlySet<string> written)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (!written.Contains(name))
                Write(copy, property, name, needed: schema.Required.Contains(name));
        }
    }

    /// <summary>Writes the default of one value; nothing if it is optional and has no default.</summary>
    /// <param name="copy">The document to write to.</param>
    /// <param name="schema">The schema of the value.</param>
    /// <param name="name">The key; null for an array item, which must be written so that the indexes of later items do not change.</param>
    /// <param name="needed">Whether the value is required.</param>
    public static void Write(Utf8JsonWriter copy, Schema schema, string? name, bool needed)
    {
        // A string that is parsed into another type has no valid empty value.
        if (schema.Default is null && (!needed || schema.IsParsed))
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
