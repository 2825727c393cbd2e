using System.Buffers;
using System.IO.Compression;
using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>A gzip page gets the line without being decompressed, and strict decoders accept the result.</summary>
public class GzipSpliceTests
{
    private const string Start = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">\n<html lang=\"en\" class='a>b'>\n<head profile=x>";

    private const string Rest = "\n<meta charset=utf-8><title>t</title></head><body><p>text</body></html>";

    private static readonly byte[] Page = Encoding.ASCII.GetBytes(Start + Rest);

    [Fact, Row("B1")]
    public async Task A_spliced_page_is_the_prologue_the_line_and_the_page_with_a_correct_checksum()
    {
        var (outcome, body) = await SpliceAsync(Coded.Encode("gzip", Page));
        Assert.Equal((true, false), (outcome.Injected, outcome.Decoded));
        byte[] expected = [.. Encoding.ASCII.GetBytes(Start), .. HtmlCase.Line.Span, .. Page];
        Assert.Equal(expected, Coded.Check(body));
    }

    [Fact]
    public async Task A_spliced_page_grows_by_the_announced_length_and_keeps_its_data()
    {
        var coded = Coded.Encode("gzip", Page);
        var (outcome, body) = await SpliceAsync(coded);
        Assert.Equal(coded.Length + outcome.Added, body.Length);
        Assert.Equal(coded[..10], body[..10]);
        Assert.Equal(coded[10..^8], body[(10 + outcome.Added)..^8]);
    }

    [Theory, Row("E8", "E15")]
    [InlineData("<!doctype html><html><head>")]
    [InlineData("<!doctype html>\n\n<html>\r\n\t<head>")]
    [InlineData("<html><head>")]
    [InlineData("<head>")]
    [InlineData("<!doctype html><title>no html, no head</title>")]
    [InlineData("<!doctype html><html lang=en><p>no head")]
    [InlineData("<html a=1><html a=2 b=3><body c=4>")]
    [InlineData("<html><frameset cols=50%,50%><frame src=a><frame src=b></frameset>")]
    [InlineData("<!doctype html><html><head></head><body>")]
    [InlineData("<html>text")]
    public async Task A_parser_reads_a_spliced_page_as_before_except_white_space_at_the_start_of_the_head(string start)
    {
        var page = Encoding.ASCII.GetBytes(start + Rest);
        var (outcome, body) = await SpliceAsync(Coded.Encode("gzip", page));
        Assert.False(outcome.Decoded);
        DomOracle.AssertSameButForSpace(page, Coded.Check(body));
    }

    [Theory]
    [InlineData("<!-- a comment --><html><head>")]
    [InlineData("<?xml version='1.0'?><!doctype html><html><head>")]
    [InlineData("\u00EF\u00BB\u00BF<!doctype html><html><head>")]
    [InlineData("<!doctype html></p><html><head>")]
    public async Task A_page_whose_repeated_prologue_would_be_visible_is_decoded(string start)
    {
        var page = Encoding.Latin1.GetBytes(start + Rest);
        var (outcome, body) = await SpliceAsync(Coded.Encode("gzip", page));
        Assert.True(outcome.Decoded);
        DomOracle.AssertSame(page, body);
    }

    [Theory, Row("D4")]
    [InlineData(false, 0, false)]
    [InlineData(false, 1, true)]
    [InlineData(true, 1, false)]
    public async Task A_charset_declaration_stays_within_the_first_1024_bytes_unless_the_header_names_the_charset(
        bool isNamed, int tooFar, bool isDecoded)
    {
        // Before it come the prologue twice, the line and a title.
        const string Prologue = "<!doctype html><html><head>";
        const string Meta = "<meta charset=utf-8>";
        var title = 1024 + tooFar - (2 * Prologue.Length) - HtmlCase.Line.Length - Meta.Length - "<title></title>".Length;
        var page = Encoding.ASCII.GetBytes($"{Prologue}<title>{new string('t', title)}</title>{Meta}<p>");
        var outcome = await Peek.RunAsync(
            OriginStream.Of(Coded.Encode("gzip", page)), new PeekTerms(DocumentPlan.Document, ContentCoding.Gzip, CharsetIsNamed: isNamed));
        await using var body = outcome.Body;
        Assert.Equal((true, isDecoded), (outcome.Injected, outcome.Decoded));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(64 * 1024)]
    public async Task The_bytes_do_not_depend_on_pieces_and_buffers(int buffer)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            byte[] page = [.. Page, .. new byte[random.Next(3_000)]];
            random.NextBytes(page.AsSpan(Page.Length));
            var coded = Coded.Encode("gzip", page);
            var expected = (await SpliceAsync(coded)).Body;
            var lengths = Enumerable.Range(0, 40).Select(_ => random.Next(1, 90)).ToArray();
            Assert.Equal(expected, (await SpliceAsync(coded, buffer, lengths)).Body);
            Assert.True(Coded.Check(expected).AsSpan().EndsWith(page));
        }
    }

    [Fact, Row("C4")]
    public async Task The_bytes_do_not_depend_on_where_the_page_is_split()
    {
        var coded = Coded.Encode("gzip", Page);
        var expected = (await SpliceAsync(coded)).Body;
        for (var cut = 1; cut < coded.Length; cut++)
            Assert.Equal(expected, (await SpliceAsync(coded, 100, cut, coded.Length)).Body);
    }

    [Fact, Row("B11")]
    public async Task Flushed_data_is_delivered_to_the_last_byte()
    {
        var origin = new OriginStream();
        var coded = new MemoryStream();
        await using var coder = new GZipStream(coded, CompressionLevel.Optimal);
        var read = new MemoryStream();
        Stream? body = null;
        foreach (var piece in new[] { Start + "<p>first", "second", "third" })
        {
            coder.Write(Encoding.ASCII.GetBytes(piece));
            coder.Flush();
            origin.Send(coded.ToArray());
            var wanted = (int)coded.Length;
            coded.SetLength(0);
            if (body is null)
            {
                // The header names the charset: otherwise the peek waits for the bytes in which a page may declare it.
                var outcome = await Peek.RunAsync(origin, new PeekTerms(DocumentPlan.Document, ContentCoding.Gzip, CharsetIsNamed: true));
                Assert.Equal((null, false), (outcome.Reason, outcome.Decoded));
                body = outcome.Body;
                wanted += outcome.Added;
            }

            var delivered = new byte[wanted];
            await body.ReadExactlyAsync(delivered, TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
            read.Write(delivered);
        }

        var page = Encoding.ASCII.GetString(Coded.Browse(read.ToArray()));
        Assert.Equal($"{Start}{Encoding.ASCII.GetString(HtmlCase.Line.Span)}{Start}<p>firstsecondthird", page);
    }

    [Theory, Row("B5")]
    [InlineData(8)]
    [InlineData(4)]
    public async Task A_page_without_a_trailer_keeps_its_last_bytes(int missing)
    {
        var coded = Coded.Encode("gzip", [.. Page, .. new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz"u8.ToArray(), 3000)]);
        var (outcome, body) = await SpliceAsync(coded[..^missing]);
        Assert.False(outcome.Decoded);
        Assert.Equal(coded[10..^missing], body[(10 + outcome.Added)..]);
    }

    [Fact]
    public async Task A_body_with_a_handwritten_gzip_header_is_decoded()
    {
        // An old PHP recipe: eight bytes of a gzip header, then a zlib body, whose first two bytes complete the header; no trailer.
        byte[] coded = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, .. Coded.Encode("deflate", Page)];
        var (outcome, body) = await SpliceAsync(coded);
        Assert.True(outcome.Decoded);
        DomOracle.AssertSame(Page, body);
    }

    [Fact, Row("B4")]
    public async Task Data_after_the_first_member_is_delivered_unchanged()
    {
        byte[] coded = [.. Coded.Encode("gzip", Page), .. Coded.Encode("gzip", "<p>second"u8.ToArray())];
        var (outcome, body) = await SpliceAsync(coded);
        Assert.Equal(coded.Length + outcome.Added, body.Length);
        byte[] expected = [.. Encoding.ASCII.GetBytes(Start), .. HtmlCase.Line.Span, .. Page];
        Assert.Equal(expected, Coded.Browse(body));
    }

    [Fact]
    public async Task The_strict_decoder_notices_one_wrong_bit_in_the_trailer()
    {
        var (_, body) = await SpliceAsync(Coded.Encode("gzip", Page));
        body[^6] ^= 1;
        Assert.Throws<InvalidDataException>(() => Coded.Check(body));
        body[^6] ^= 1;
        body[^2] ^= 1;
        Assert.Throws<InvalidDataException>(() => Coded.Check(body));
    }

    private static async Task<(Outcome Outcome, byte[] Body)> SpliceAsync(byte[] coded, int buffer = 64 * 1024, params int[] lengths)
    {
        // This pool overwrites returned arrays: no array may be read afterwards, and none may be kept.
        var pool = new CountingPool();
        var outcome = await PeekAsync(OriginStream.Of(coded, lengths), pool);
        await using var body = outcome.Body;
        var read = await Peek.DrainAsync(body, buffer);
        Assert.Equal(0, pool.Lent);
        return (outcome, read);
    }

    private static Task<Outcome> PeekAsync(OriginStream origin, ArrayPool<byte>? pool = null) => Peek.RunAsync(origin, ContentCoding.Gzip, pool: pool);
}
