using System.IO.Compression;
using System.Security.Cryptography;

namespace Gateway.Texts;

/// <summary>A file of the gateway that is immutable under its URL, which contains the hash of its content.</summary>
internal sealed class HashedFile
{
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    /// <summary>Creates a file.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="prefix">The path prefix of the gateway's pages.</param>
    /// <param name="extension">The extension with its dot.</param>
    public HashedFile(byte[] bytes, string prefix, string extension)
    {
        Bytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        Path = $"{prefix}/{Hash}{extension}";
        _gzip = new(() => Compress(to => new GZipStream(to, CompressionLevel.SmallestSize)));
        _brotli = new(() => Compress(to => new BrotliStream(to, CompressionLevel.SmallestSize)));
    }

    public byte[] Bytes { get; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 hash of the content.</summary>
    public string Hash { get; }

    /// <summary>The absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>The content compressed with gzip, on first use.</summary>
    public byte[] Gzip => _gzip.Value;

    /// <summary>The content compressed with Brotli, on first use.</summary>
    public byte[] Brotli => _brotli.Value;

    private byte[] Compress(Func<Stream, Stream> coding)
    {
        var to = new MemoryStream();
        using (var stream = coding(to))
            stream.Write(Bytes);
        return to.ToArray();
    }
}
