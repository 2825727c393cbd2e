using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using Gateway.Benchmarks.Roles;
using Gateway.Html;

namespace Gateway.Benchmarks.Micro;

/// <summary>Finds the insertion point at the start of a page and inserts the script element.</summary>
[MemoryDiagnoser]
public class PageBenchmarks
{
    private static readonly byte[] Line = "<script src=\"/_choices/0123456789abcdef.js\" data-gateway></script>"u8.ToArray();

    private readonly byte[] _page = Backend.Page(100_000);
    private readonly byte[] _room = new byte[GzipSplice.Room];
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
    public int Splice() => GzipSplice.Look(_gzip, isComplete: false, Line, charsetIsNamed: true, _room, out _).Offset;

    [Benchmark]
    public uint Checksum() => Crc32.Combine(Crc32.Of(Line), 0x12345678, 100_000);

    [Benchmark]
    public Task<int> PeekIdentity() => PeekAsync(_page, ContentCoding.Identity);

    [Benchmark]
    public Task<int> PeekGzip() => PeekAsync(_gzip, ContentCoding.Gzip);

    private static async Task<int> PeekAsync(byte[] body, ContentCoding coding)
    {
        var outcome = await HtmlPeek.PeekAsync(new MemoryStream(body), coding, DocumentPlan.Document, Line, TimeProvider.System, default);
        await using var peeked = outcome.Body;
        return outcome.Added;
    }
}
