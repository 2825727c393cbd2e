using System.Text.Json;
using static Gateway.Config.Diagnostic;

namespace Gateway.Config.Reading;

/// <summary>
/// Walks a document and the schema side by side, once. Notes everything that has the wrong shape, and writes a copy that has
/// the right one: variables replaced, defaults filled in, unknown keys left out, wrong values replaced by stand-ins.
/// </summary>
internal sealed class ConfigShapeReader(Utf8JsonWriter copy, DocumentDiagnostics notes, Func<string, string?> environment)
{
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public void Document(ref Utf8JsonReader reader)
    {
        reader.Read();
        Value(ref reader, Schema.Root, "", name: null, needed: true);
        reader.Read();
    }

    private void Value(ref Utf8JsonReader reader, Schema schema, string path, string? name, bool needed)
    {
        notes.Positions.Add(path, reader.TokenStartIndex);
        switch (schema.Type, reader.TokenType)
        {
            case (SchemaType.Object, JsonTokenType.StartObject):
                Object(ref reader, schema, path, name);
                return;
            case (SchemaType.Array, JsonTokenType.StartArray):
                Array(ref reader, schema, path, name);
                return;
            case (SchemaType.String, JsonTokenType.String) when String(ref reader, schema, path, name):
            case (SchemaType.Integer, JsonTokenType.Number) when Integer(ref reader, schema, path, name):
                return;
            case (SchemaType.Boolean, JsonTokenType.True or JsonTokenType.False):
                Key(name);
                copy.WriteBooleanValue(reader.GetBoolean());
                return;
            case not ((SchemaType.String, JsonTokenType.String) or (SchemaType.Integer, JsonTokenType.Number)):
                WrongType(reader.TokenType, schema, path);
                reader.Skip();
                break;
        }

        DefaultValues.Write(copy, schema, name, needed);
    }

    private void Object(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        Key(name);
        copy.WriteStartObject();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var meant = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = notes.Positions.At(reader.TokenStartIndex);
            var key = TextOf(ref reader) ?? "\uFFFD";
            reader.Read();
            if (schema.Property(key) is not { } property)
            {
                Unknown(key, schema, path, place, meant);
                reader.Skip();
            }
            else if (seen.Add(key))
            {
                Value(ref reader, property, Join(path, key), key, needed: schema.Required.Contains(key));
            }
            else
            {
                notes.Broken("shape", Join(path, key), place, null, "stands here twice.", "Keep one of them.");
                reader.Skip();
            }
        }

        Missing(schema, path, seen, meant);
        DefaultValues.WriteRest(copy, schema, seen);
        copy.WriteEndObject();
    }

    private void Array(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        Key(name);
        copy.WriteStartArray();
        var count = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = $"{path}[{count++}]";
            if (count > schema.Bounds.Most)
            {
                reader.Skip();
                continue;
            }

            Value(ref reader, schema.Items!, item, name: null, needed: true);
            if (schema.UniqueItems && reader.TokenType == JsonTokenType.String && TextOf(ref reader) is { } text && !seen.Add(text))
                notes.Broken("shape", item, Quote(text), "stands here twice.", "Keep one of them.");
        }

        if (count < schema.Bounds.Least)
            notes.Broken(schema.Code ?? "shape", path, null, "is empty.", "Expected: " + Lower(schema.Description));
        if (count > schema.Bounds.Most)
            notes.Broken(schema.Code ?? "shape", path, null, $"has {count} items, but at most {schema.Bounds.Most} are read.");
        copy.WriteEndArray();
    }

    private bool String(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        if (TextOf(ref reader) is not { } written)
        {
            notes.Broken("shape", path, null, "holds half of a surrogate pair (\\ud800 to \\udfff).",
                "Write the character itself.");
            return false;
        }

        if (Variables.Expand(written, environment, notes.Used, out var wrong) is not { } text)
        {
            notes.Broken("env", path, null, wrong!);
            return false;
        }

        notes.Expanded(written, text);
        var broken = StringShape.Check(text, schema);
        if (broken is { } problem)
        {
            var value = schema.Secret || text.Length == 0 ? null : Quote(written);
            notes.Broken(schema.Code ?? "shape", path, value, problem.Rule, problem.Remedy);
            // A wrong text is kept where it stays a text: others may refer to it, and would else be called wrong as well.
            if (!StringShape.IsParsed(schema))
                return Written(name, text);

            // Without its word, the object around it would be read as something that nobody wrote.
            if (schema.Enum.Count > 0 && schema.Default is null)
                notes.Silence(SourcePositions.Parent(path));
            return false;
        }

        return Written(name, text);
    }

    private bool Written(string? name, string text)
    {
        Key(name);
        copy.WriteStringValue(text);
        return true;
    }

    private bool Integer(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        var (least, most) = schema.Bounds;
        if (!reader.TryGetInt32(out var number) || number < least || number > most)
        {
            var value = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            notes.Broken(schema.Code ?? "shape", path, Clean(value), $"is not a whole number from {least} to {most}.");
            return false;
        }

        Key(name);
        copy.WriteNumberValue(number);
        return true;
    }

    private void WrongType(JsonTokenType found, Schema schema, string path)
    {
        var code = schema.Code ?? "shape";
        var remedy = schema.Type == SchemaType.Array && found != JsonTokenType.StartObject ? "Put it in square brackets." : null;
        if (found == JsonTokenType.Null)
            notes.Broken(code, path, null, "is null.", "Fill it in, or remove the key.");
        else
            notes.Broken(code, path, null, $"is {JsonTypeNames.Of(found)}, but must be {JsonTypeNames.Of(schema.Type)}.", remedy);
    }

    private void Unknown(string key, Schema schema, string path, (int, int) place, HashSet<string> meant)
    {
        var (code, probably, remedy) = UnknownKeys.Explain(key, schema);
        if (probably is not null)
            meant.Add(probably);
        notes.Broken(code, Join(path, Clean(key)), place, null, "is not a known key here.", remedy);
    }

    /// <summary>A key that was probably meant by an unknown one is not called missing as well.</summary>
    private void Missing(Schema schema, string path, HashSet<string> seen, HashSet<string> meant)
    {
        foreach (var key in meant.Where(key => !seen.Contains(key)))
            notes.Silence(Join(path, key));

        foreach (var key in schema.Required.Where(key => !seen.Contains(key) && !meant.Contains(key)))
        {
            var property = schema.Properties[key];
            notes.Broken(property.Code ?? "shape", Join(path, key), null, "is missing.",
                "Expected: " + Lower(property.Description));
        }
    }

    private void Key(string? name)
    {
        if (name is not null)
            copy.WritePropertyName(name);
    }

    /// <summary>Null where escapes make no valid text (a lone surrogate).</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Lower(string sentence) => sentence.Length == 0 ? "" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
