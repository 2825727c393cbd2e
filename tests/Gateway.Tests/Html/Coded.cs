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
