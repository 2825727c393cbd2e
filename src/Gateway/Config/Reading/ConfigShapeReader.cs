using System.Text.Json;
using static Gateway.Config.Diagnostic;

namespace Gateway.Config.Reading;

/// <summary>
/// Reads a document and validates it against the schema in one pass. It reports every violation and writes a valid copy, in which
/// variables are expanded, defaults are added, unknown keys are left out, and invalid values are replaced by default values.
/// </summary>
internal sealed class ConfigShapeReader(Utf8JsonWriter copy, DocumentDiagnostics diagnostics, Func<string, string?> environment)
{
    /// <exception cref="JsonException">The document is not valid JSON.</exception>
    public void Document(ref Utf8JsonReader reader)
    {
        reader.Read();
        Value(ref reader, Schema.Root, "", name: null, needed: true);
        reader.Read();
    }

    private void Value(ref Utf8JsonReader reader, Schema schema, string path, string? name, bool needed)
    {
        diagnostics.Positions.Add(path, reader.TokenStartIndex);
        switch (schema.Type, reader.TokenType)
        {
            case (SchemaType.Object, JsonTokenType.StartObject):
                Object(ref reader, schema, path, name);
                return;
            case (SchemaType.Object, JsonTokenType.String) when schema.Short is { } key:
                Short(ref reader, schema, path, name, key);
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
                ReportType(reader.TokenType, schema, path);
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
        var suggested = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var position = diagnostics.Positions.At(reader.TokenStartIndex);
            var key = StringOf(ref reader) ?? "\uFFFD";
            reader.Read();
            if (schema.Property(key) is not { } property)
            {
                ReportUnknown(key, schema, path, position, suggested);
                reader.Skip();
            }
            else if (seen.Add(key))
            {
                Value(ref reader, property, Join(path, key), key, needed: schema.Required.Contains(key));
            }
            else
            {
                diagnostics.Error("shape", Join(path, key), position, null, "is a duplicate.", "Remove one of the two.");
                reader.Skip();
            }
        }

        ReportMissing(schema, path, seen, suggested);
        DefaultValues.WriteRest(copy, schema, seen);
        copy.WriteEndObject();
    }

    // "video" instead of { "id": "video" }: the other keys get their defaults.
    private void Short(ref Utf8JsonReader reader, Schema schema, string path, string? name, string key)
    {
        Key(name);
        copy.WriteStartObject();
        Value(ref reader, schema.Properties[key], Join(path, key), key, needed: true);
        DefaultValues.WriteRest(copy, schema, new HashSet<string> { key });
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
            if (schema.UniqueItems && reader.TokenType == JsonTokenType.String && StringOf(ref reader) is { } value && !seen.Add(value))
                diagnostics.Error("shape", item, Quote(value), "is a duplicate.", "Remove one of the two.");
        }

        if (count < schema.Bounds.Least)
            diagnostics.Error(schema.Code ?? "shape", path, null, "is empty.", "Expected: " + Lower(schema.Description));
        if (count > schema.Bounds.Most)
            diagnostics.Error(schema.Code ?? "shape", path, null, $"has {count} items, but {schema.Bounds.Most} is the maximum.");
        copy.WriteEndArray();
    }

    private bool String(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        if (StringOf(ref reader) is not { } written)
        {
            diagnostics.Error("shape", path, null, "contains an unpaired surrogate (\\ud800 to \\udfff).",
                "Write the character itself.");
            return false;
        }

        if (Variables.Expand(written, environment, diagnostics.AddVariable, out var rule) is not { } expanded)
        {
            diagnostics.Error("env", path, null, rule!);
            return false;
        }

        diagnostics.AddExpansion(written, expanded);
        if (StringConstraints.Check(expanded, schema) is { } violation)
        {
            var value = schema.Secret || expanded.Length == 0 ? null : Quote(written);
            diagnostics.Error(schema.Code ?? "shape", path, value, violation.Rule, violation.Remedy);
            // An invalid string that is not parsed is kept: other values may refer to it, and must not be reported as well.
            if (!schema.IsParsed)
                return Write(name, expanded);

            // Without this value, the rules would judge an object that nobody wrote.
            if (schema.Enum.Count > 0 && schema.Default is null)
                diagnostics.Suppress(SourcePositions.Parent(path));
            return false;
        }

        return Write(name, schema.Format == "lifetime" ? Lifetime(expanded, path, Quote(written)) : expanded);
    }

    private string Lifetime(string text, string path, string value)
    {
        PublishedDuration.TryRead(text, out var duration, out var loss);
        if (loss is not null)
            diagnostics.Note("entry", path, value, loss);
        return duration.ToString();
    }

    private bool Write(string? name, string value)
    {
        Key(name);
        copy.WriteStringValue(value);
        return true;
    }

    private bool Integer(ref Utf8JsonReader reader, Schema schema, string path, string? name)
    {
        var (least, most) = schema.Bounds;
        if (!reader.TryGetInt32(out var number) || number < least || number > most)
        {
            var value = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            diagnostics.Error(schema.Code ?? "shape", path, Clean(value), $"is not an integer from {least} to {most}.");
            return false;
        }

        Key(name);
        copy.WriteNumberValue(number);
        return true;
    }

    private void ReportType(JsonTokenType actual, Schema schema, string path)
    {
        var code = schema.Code ?? "shape";
        var remedy = schema.Type == SchemaType.Array && actual != JsonTokenType.StartObject ? "Write it in square brackets." : null;
        if (actual == JsonTokenType.Null)
            diagnostics.Error(code, path, null, "is null.", "Enter a value, or remove the key.");
        else
            diagnostics.Error(code, path, null, $"is {Schema.NameOf(actual)}, but must be {Schema.NameOf(schema.Type)}.", remedy);
    }

    private void ReportUnknown(string key, Schema schema, string path, (int, int) position, HashSet<string> suggested)
    {
        var (code, suggestion, remedy) = UnknownKeys.Explain(key, schema);
        if (suggestion is not null)
            suggested.Add(suggestion);
        diagnostics.Error(code, Join(path, Clean(key)), position, null, "is not a known key here.", remedy);
    }

    /// <summary>A missing key that is suggested in place of an unknown key is not reported again.</summary>
    private void ReportMissing(Schema schema, string path, HashSet<string> seen, HashSet<string> suggested)
    {
        foreach (var key in suggested.Where(key => !seen.Contains(key)))
            diagnostics.Suppress(Join(path, key));

        foreach (var key in schema.Required.Where(key => !seen.Contains(key) && !suggested.Contains(key)))
        {
            var property = schema.Properties[key];
            diagnostics.Error(property.Code ?? "shape", Join(path, key), null, "is missing.",
                "Expected: " + Lower(property.Description));
        }
    }

    private void Key(string? name)
    {
        if (name is not null)
            copy.WritePropertyName(name);
    }

    /// <summary>The string or the key; null if its escapes contain an unpaired surrogate.</summary>
    private static string? StringOf(ref Utf8JsonReader reader)
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
