using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Gateway.Config.Reading;

/// <summary>A file after reading.</summary>
/// <param name="Config">The valid part of the document with its defaults; null if the file is not JSON.</param>
/// <param name="Diagnostics">The problems found while reading.</param>
internal sealed record ConfigDocument(GatewayConfig? Config, DocumentDiagnostics Diagnostics);

/// <summary>
/// Source-generated deserialization. For a missing key it sets a member with <c>init</c> to null instead of its default, so it must only
/// read what <see cref="ConfigReader"/> has written, which contains every default of the schema.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GatewayConfig))]
internal sealed partial class ConfigJson : JsonSerializerContext;

/// <summary>
/// Reads one file and validates it against the embedded schema. It continues after a problem, so that all problems are reported at once.
/// <c>IConfiguration</c> is not used because it ignores case, splits names at colons and merges arrays by index.
/// </summary>
internal static class ConfigReader
{
    /// <summary>The size limit of a file, in bytes: 16 MiB.</summary>
    public const int LongestFile = 16 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 32,
    };

    /// <param name="utf8">The content of the file.</param>
    /// <param name="file">The name of the file, for problems.</param>
    /// <param name="environment">Returns the value of an environment variable; null if it is not set.</param>
    public static ConfigDocument Read(ReadOnlyMemory<byte> utf8, string file, Func<string, string?> environment)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];

        var diagnostics = new DocumentDiagnostics(file, utf8);
        if (utf8.Length > LongestFile)
        {
            diagnostics.Error("syntax", "", (0, 0), null, $"is longer than {LongestFile >> 20} MiB.",
                "Distribute the sites over several files in one folder.");
        }
        else if (FirstInvalid(utf8.Span) is { } offset)
        {
            diagnostics.Error("syntax", "", diagnostics.Positions.At(offset), null, "is not valid UTF-8 from this position.", "Save the file as UTF-8.");
        }
        else
        {
            return new ConfigDocument(Read(utf8.Span, diagnostics, environment), diagnostics);
        }

        return new ConfigDocument(null, diagnostics);
    }

    private static GatewayConfig? Read(ReadOnlySpan<byte> utf8, DocumentDiagnostics diagnostics, Func<string, string?> environment)
    {
        var copy = new ArrayBufferWriter<byte>(utf8.Length + 1024);
        try
        {
            using var writer = new Utf8JsonWriter(copy);
            var reader = new Utf8JsonReader(utf8, Options);
            new ConfigShapeReader(writer, diagnostics, environment).Document(ref reader);
        }
        catch (JsonException syntax)
        {
            // Earlier problems may have the same cause, such as a missing brace: only the syntax error is reported.
            diagnostics.Clear();
            diagnostics.Error("syntax", "", Position(syntax, utf8, diagnostics), null, $"is not valid JSON: {Explain(syntax.Message)}");
            return null;
        }

        var config = JsonSerializer.Deserialize(copy.WrittenSpan, ConfigJson.Default.GatewayConfig)!;
        return config with { Sites = [.. config.Sites.Select(References.Resolve)] };
    }

    private static (int Line, int Column) Position(JsonException syntax, ReadOnlySpan<byte> utf8, DocumentDiagnostics diagnostics)
    {
        var offset = 0;
        for (var line = syntax.LineNumber ?? 0; line > 0; line--)
            offset += utf8[offset..].IndexOf((byte)'\n') + 1;
        return diagnostics.Positions.At(Math.Min(utf8.Length, offset + (syntax.BytePositionInLine ?? 0)));
    }

    /// <summary>The message without its position, which the problem has already, and without any unquoted word, which may be a secret.</summary>
    private static string Explain(string message)
    {
        if (message.Contains("literal", StringComparison.Ordinal))
            return "a string needs quotes; only numbers, true, false and null are written without them.";
        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
            return "the file is empty.";
        if (message.Contains("depth to be zero", StringComparison.Ordinal))
            return "the file ends before all braces and brackets are closed.";

        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            return null;

        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == OperationStatus.Done)
            offset += length;
        return offset;
    }
}
