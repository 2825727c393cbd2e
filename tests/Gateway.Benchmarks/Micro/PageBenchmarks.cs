using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;
using BenchmarkDotNet.Attributes;
using Gateway.Benchmarks.Roles;
using Gateway.Html;

namespace Gateway.Benchmarks.Micro;

/// <summary>Finds the insertion point at the start of a page and inserts the script element.</summary>
[MemoryDiagnoser]
public class PageBenchmarks
{
    private static readonly byte[] Line = "<script src=\"/_choices/0123456789abcdef.js\" data-gateway=\"\"></script>"u8.ToArray();

    private readonly byte[] _page = Backend.Page(100_000);
    private byte[] _gzip = [];

    [GlobalSetup]
    public void Compress()
    {
        var compressed = new MemoryStream();
        using (var coder = new GZipStream(compressed, CompressionLevel.Optimal))
            coder.Write(_page);
        _gzip = compressed.ToArray();
    }

    [Benchmark]
    public int Scan() => PrologueScanner.Scan(_page, isComplete: false, Line.Length).Offset;

    [Benchmark]
    public uint Checksum() => Crc32Combiner.Combine(Crc32.HashToUInt32(Line), 0x12345678, 100_000);

    [Benchmark]
    public Task<int> PeekIdentity() => PeekAsync(_page, ContentCoding.Identity);

    [Benchmark]
    public Task<int> PeekGzip() => PeekAsync(_gzip, ContentCoding.Gzip);

    private static async Task<int> PeekAsync(byte[] body, ContentCoding coding)
    {
        var terms = new PeekTerms(DocumentPlan.Document, coding, CharsetIsNamed: true);
        using var peek = await HtmlPeek.StartAsync(new MemoryStream(body), terms, Line, TimeProvider.System, ArrayPool<byte>.Shared, default);
        peek.Commit();
        await using var extended = peek.Body;
        return peek.Added;
    }
}
