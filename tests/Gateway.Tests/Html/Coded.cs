using System.IO.Compression;
using Gateway.Html;

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
}
