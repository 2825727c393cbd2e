using System.Buffers;
using System.IO.Compression;
using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Bodies in the content codings of backends.</summary>
internal static class Coded
{
    public const string RawDeflate = "raw deflate";

    public static readonly string[] Names = ["identity", "gzip", "x-gzip", "deflate", RawDeflate, "br"];

    /// <summary>The coding that the header names; raw deflate data has the name <c>deflate</c> too.</summary>
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

    /// <summary>Errors of backends in compressed bodies that browsers tolerate, with the codings in which they can occur.</summary>
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

    /// <summary>A body in a coding, with an error.</summary>
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

    /// <summary>An encoder, for bodies that are sent in pieces.</summary>
    public static Stream Coder(string name, Stream target) => name switch
    {
        "gzip" or "x-gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
        RawDeflate => new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true),
        "br" => new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true),
        _ => throw new ArgumentException(name),
    };

    /// <summary>Decodes gzip as browsers do: the first member, without a check of its trailer or of what follows.</summary>
    public static byte[] Browse(byte[] gzip)
    {
        Assert.Equal(OperationStatus.Done, CodingHeader.Measure(ContentCoding.Gzip, gzip, out var start));
        var page = new MemoryStream();
        using var decoder = new DeflateStream(new MemoryStream(gzip[start..]), CompressionMode.Decompress);
        decoder.CopyTo(page);
        return page.ToArray();
    }

    /// <summary>Decodes gzip as command-line tools do: checksum and length must be correct.</summary>
    public static byte[] Check(byte[] gzip)
    {
        var page = new MemoryStream();
        using var decoder = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        decoder.CopyTo(page);
        return page.ToArray();
    }
}
