using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Config.Reading;

/// <summary>A file as it was read.</summary>
/// <param name="Config">All that could be read, defaults filled in; null where the file is not JSON at all.</param>
/// <param name="Notes">What was found while reading; places what is found later.</param>
internal sealed record ConfigDocument(GatewayConfig? Config, DocumentDiagnostics Notes);

/// <summary>
/// Reads one file strictly, by the embedded schema, and goes on after each problem so that all of them are told at once.
/// Not by <c>IConfiguration</c>: it folds case, splits names at colons and merges lists by index.
/// </summary>
internal static class ConfigReader
{
    /// <summary>Bytes of the longest file that is read: 16 MiB.</summary>
    public const int LongestFile = 16 * 1024 * 1024;

    private static readonly JsonReaderOptions Leniency = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 32,
    };

    /// <param name="utf8">The file's content.</param>
    /// <param name="file">Its name, for the problems.</param>
    /// <param name="environment">Looks up <c>${NAME}</c>; null for what is not set.</param>
    public static ConfigDocument Read(ReadOnlyMemory<byte> utf8, string file, Func<string, string?> environment)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];

        var notes = new DocumentDiagnostics(file, utf8);
        if (utf8.Length > LongestFile)
        {
            notes.Broken("syntax", "", (0, 0), null, $"is longer than {LongestFile >> 20} MiB.",
                "Put the sites into several files of one folder.");
        }
        else if (FirstInvalid(utf8.Span) is { } offset)
        {
            notes.Broken("syntax", "", notes.Positions.At(offset), null, "is not UTF-8 from here on.", "Save the file as UTF-8.");
        }
        else
        {
            return new ConfigDocument(Walk(utf8.Span, notes, environment), notes);
        }

        return new ConfigDocument(null, notes);
    }

    private static GatewayConfig? Walk(ReadOnlySpan<byte> utf8, DocumentDiagnostics notes, Func<string, string?> environment)
    {
        var copy = new ArrayBufferWriter<byte>(utf8.Length + 1024);
        try
        {
            using var writer = new Utf8JsonWriter(copy);
            var reader = new Utf8JsonReader(utf8, Leniency);
            new ConfigShapeReader(writer, notes, environment).Document(ref reader);
        }
        catch (JsonException syntax)
        {
            // What was found so far may come from the same slip (a brace forgotten above): only the slip is told.
            notes.Forget();
            notes.Broken("syntax", "", Place(syntax, utf8, notes), null, $"is not JSON: {Sentence(syntax.Message)}");
            return null;
        }

        return JsonSerializer.Deserialize(copy.WrittenSpan, ConfigJson.Default.GatewayConfig);
    }

    private static (int Line, int Column) Place(JsonException syntax, ReadOnlySpan<byte> utf8, DocumentDiagnostics notes)
    {
        var offset = 0;
        for (var line = syntax.LineNumber ?? 0; line > 0; line--)
            offset += utf8[offset..].IndexOf((byte)'\n') + 1;
        return notes.Positions.At(Math.Min(utf8.Length, offset + (syntax.BytePositionInLine ?? 0)));
    }

    /// <summary>Without the place, which is ours to give, and without a word that may be an unquoted secret.</summary>
    private static string Sentence(string message)
    {
        if (message.Contains("literal", StringComparison.Ordinal))
            return "a text needs quotes; without them only numbers, true, false and null may stand here.";
        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
            return "the file is empty.";
        if (message.Contains("depth to be zero", StringComparison.Ordinal))
            return "the file ends before every brace and bracket is closed.";

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
