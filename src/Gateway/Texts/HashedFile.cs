using System.IO.Compression;
using System.Security.Cryptography;

namespace Gateway.Texts;

/// <summary>A file of ours that never changes under its address, for the address holds the hash of its bytes.</summary>
internal sealed class HashedFile
{
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    /// <summary>A file below the prefix of the gateway's own pages; the extension comes with its dot.</summary>
    public HashedFile(byte[] bytes, string prefix, string extension)
    {
        Bytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        Path = $"{prefix}/{Hash}{extension}";
        _gzip = new(() => Compress(to => new GZipStream(to, CompressionLevel.SmallestSize)));
        _brotli = new(() => Compress(to => new BrotliStream(to, CompressionLevel.SmallestSize)));
    }

    public byte[] Bytes { get; }

    /// <summary>The first 16 hex digits of the SHA-256 of the bytes.</summary>
    public string Hash { get; }

    /// <summary>Absolute path under which it is served.</summary>
    public string Path { get; }

    /// <summary>The bytes in <c>Content-Encoding: gzip</c>; made when first asked for.</summary>
    public byte[] Gzip => _gzip.Value;

    /// <summary>The bytes in <c>Content-Encoding: br</c>; made when first asked for.</summary>
    public byte[] Brotli => _brotli.Value;

    private byte[] Compress(Func<Stream, Stream> coding)
    {
        var to = new MemoryStream();
        using (var stream = coding(to))
            stream.Write(Bytes);
        return to.ToArray();
    }
}
