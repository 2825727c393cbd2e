using System.Text;
using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>The place for the line in a gzip page is remembered by the first bytes of its data, and the page is extended as without that.</summary>
public class SpliceMemoryTests
{
    private readonly SpliceMemory _memory = new();

    [Fact]
    public async Task A_page_that_starts_like_an_earlier_one_is_extended_without_decoding_its_start()
    {
        var page = Coded.Encode("gzip", Page("<!doctype html><html lang=\"en\"><head>"));
        var first = await ExtendAsync(page);
        var second = await ExtendAsync(page);
        Assert.Equal((2, 1), (first.Arrays, second.Arrays));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(await WithoutMemoryAsync(page), second.Body);
    }

    [Fact]
    public async Task A_page_that_goes_on_differently_gets_its_own_checksum()
    {
        // Without compression, the data of both pages starts with the same bytes.
        var (one, other) = (Stored("one"), Stored("other"));
        await ExtendAsync(one);
        var extended = await ExtendAsync(other);
        Assert.Equal(1, extended.Arrays);
        Assert.Contains("other</body>", Encoding.ASCII.GetString(Coded.Check(extended.Body)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><html><head>", "<!doctype html><html lang=\"de\"><head>")]
    [InlineData("<!doctype html><html><head>", "<!doctype html><html><head><meta charset=\"utf-8\">")]
    public async Task A_page_with_another_start_is_decoded(string one, string other)
    {
        await ExtendAsync(Coded.Encode("gzip", Page(one)));
        var page = Coded.Encode("gzip", Page(other));
        var extended = await ExtendAsync(page);
        Assert.Equal(2, extended.Arrays);
        Assert.Equal(await WithoutMemoryAsync(page), extended.Body);
    }

    [Fact]
    public async Task A_place_that_depends_on_a_named_charset_is_not_used_where_none_is_named()
    {
        var page = Coded.Encode("gzip", Page("<!doctype html><html><head>"));
        await ExtendAsync(page, charsetIsNamed: true);
        Assert.Equal(2, (await ExtendAsync(page, charsetIsNamed: false)).Arrays);
    }

    [Fact]
    public async Task A_page_that_is_shorter_than_what_is_compared_is_extended_each_time()
    {
        var page = Coded.Encode("gzip", "<!doctype html><html><head></head><body>short</body></html>"u8.ToArray());
        await ExtendAsync(page);
        var again = await ExtendAsync(page);
        Assert.Equal(2, again.Arrays);
        Assert.Equal(await WithoutMemoryAsync(page), again.Body);
    }

    [Fact]
    public async Task A_prologue_that_needs_more_than_what_is_compared_is_found_each_time()
    {
        var page = Stored("end", $"<!doctype html><html data-x=\"{new string('x', 600)}\"><head>");
        await ExtendAsync(page);
        var again = await ExtendAsync(page);
        Assert.Equal(2, again.Arrays);
        Assert.Equal(await WithoutMemoryAsync(page), again.Body);
    }

    private static byte[] Page(string start)
    {
        var random = new Random(start.Length);
        return Encoding.ASCII.GetBytes(start + "<title>t</title></head><body>" + string.Concat(Enumerable.Range(0, 4000).Select(_ => (char)random.Next('a', 'z'))) + "</body></html>");
    }

    private static byte[] Stored(string end, string start = "<!doctype html><html><head>")
    {
        var result = new MemoryStream();
        using (var coder = new System.IO.Compression.GZipStream(result, System.IO.Compression.CompressionLevel.NoCompression))
            coder.Write(Encoding.ASCII.GetBytes($"{start}<title>t</title></head><body>{new string('x', 2000)}{end.PadLeft(5, '.')}</body></html>"));
        return result.ToArray();
    }

    private async Task<(byte[] Body, int Arrays)> ExtendAsync(byte[] page, bool charsetIsNamed = true)
    {
        var pool = new CountingPool();
        var outcome = await Peek.RunAsync(OriginStream.Of(page), new PeekTerms(DocumentPlan.Document, ContentCoding.Gzip, charsetIsNamed) { Memory = _memory }, pool: pool);
        Assert.Equal((true, false), (outcome.Injected, outcome.Decoded));
        await using var body = outcome.Body;
        return (await Peek.DrainAsync(body), pool.Rented);
    }

    private static async Task<byte[]> WithoutMemoryAsync(byte[] page)
    {
        var outcome = await Peek.RunAsync(OriginStream.Of(page), new PeekTerms(DocumentPlan.Document, ContentCoding.Gzip, CharsetIsNamed: true));
        await using var body = outcome.Body;
        return await Peek.DrainAsync(body);
    }
}
