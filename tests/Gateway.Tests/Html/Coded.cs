using System.Buffers;
using System.IO.Compression;
using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Bodies as backends send them.</summary>
internal static class Coded
{
    public const string RawDeflate = "raw deflate";

    public static readonly string[] Names = ["identity", "gzip", "x-gzip", "deflate", RawDeflate, "br"];

    /// <summary>What the header says for a name; bare deflate data goes by the name of the other.</summary>
    public static ContentCoding Coding(string name) => ContentCoding.Parse(name == RawDeflate ? "deflate" : name);

    public static byte[] Encode(string name, byte[] body)
    {
        if (name == "identity")
            return body;
        var result = new MemoryStream();
        using (var coder = Coder(name, result))
            coder.Write(body);
        return result.ToArray();
    }

    /// <summary>What backends do to compressed bodies, and browsers forgive, with the codings that can have it.</summary>
    public static TheoryData<string, string> Flaws
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var coding in Names.Except(["identity"]))
            {
                foreach (var flaw in new[] { "garbage behind", "another body behind", "data cut" })
                    data.Add(coding, flaw);
                foreach (var flaw in TrailerOf(coding) == 0 ? [] : new[] { "checksum wrong", "trailer missing", "trailer cut" })
                    data.Add(coding, flaw);
            }

            data.Add("gzip", "length wrong");
            return data;
        }
    }

    /// <summary>A body in a coding, with a flaw.</summary>
    public static byte[] Encode(string name, byte[] body, string flaw)
    {
        var coded = Encode(name, body);
        var trailer = TrailerOf(name);
        return flaw switch
        {
            "checksum wrong" => Inverted(coded, trailer),
            "length wrong" => Inverted(coded, 4),
            "trailer missing" => coded[..^trailer],
            "trailer cut" => coded[..^(trailer / 2)],
            "garbage behind" => [.. coded, .. "garbage"u8],
            "another body behind" => [.. coded, .. Encode(name, "<p>second"u8.ToArray())],
            _ => coded[..(coded.Length / 2)],
        };
    }

    private static int TrailerOf(string name) => name switch { "gzip" or "x-gzip" => 8, "deflate" => 4, _ => 0 };

    private static byte[] Inverted(byte[] coded, int fromEnd)
    {
        coded[^fromEnd] ^= 0xFF;
        return coded;
    }

    /// <summary>A coder, for bodies that are made piece by piece.</summary>
    public static Stream Coder(string name, Stream target) => name switch
    {
        "gzip" or "x-gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
        RawDeflate => new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "br" => new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true),
        _ => throw new ArgumentException(name),
    };

    /// <summary>Decodes gzip as browsers do: the first member, whatever its checksum and whatever follows.</summary>
    public static byte[] Browse(byte[] gzip)
    {
        Assert.Equal(OperationStatus.Done, CodingHeader.Measure(ContentCoding.Gzip, gzip, out var start));
        var page = new MemoryStream();
        using var decoder = new DeflateStream(new MemoryStream(gzip[start..]), CompressionMode.Decompress);
        decoder.CopyTo(page);
        return page.ToArray();
    }

    /// <summary>Decodes gzip as command lines do: checksum and length must be right.</summary>
    public static byte[] Check(byte[] gzip)
    {
        var page = new MemoryStream();
        using var decoder = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        decoder.CopyTo(page);
        return page.ToArray();
    }
}
