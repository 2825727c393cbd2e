using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Compressed bodies are decoded as leniently as browsers do, and no further than needed.</summary>
public class CodedBodyTests
{
    private static readonly byte[] Page = Encoding.ASCII.GetBytes(
        "<!doctype html><html><head><title>t</title></head><body>" + new string('x', 50_000) + "</body></html>");

    private static readonly byte[] Extended = [.. Page[..27], .. HtmlCase.Line.Span, .. Page[27..]];

    [Theory, Row("B7")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_is_not_in_its_declared_coding_passes_unchanged(string coding)
    {
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(Page), ContentCoding.Parse(coding));
        Assert.Equal((false, "coding", false), (outcome.Injected, outcome.Reason, outcome.Decoded));
        Assert.Equal(Page, body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_with_damaged_data_in_the_prologue_passes_unchanged(string coding)
    {
        var coded = Coded.Encode(coding, Encoding.ASCII.GetBytes("<!-- " + Guid.NewGuid() + Guid.NewGuid() + "--><html>"));
        byte[] broken = [.. coded[..20], .. new byte[30], .. Enumerable.Repeat((byte)0xFF, 100)];
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(broken, 7), ContentCoding.Parse(coding));
        Assert.False(outcome.Injected);
        Assert.Equal(broken, body);
    }

    [Theory, Row("B3")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task A_body_in_an_unknown_coding_is_not_read(string coding)
    {
        var origin = new OriginStream();
        var outcome = await PeekAsync(origin, ContentCoding.Parse(coding));
        Assert.Equal("coding", outcome.Reason);
        Assert.Same(origin, outcome.Body);
    }

    [Theory, Row("B8")]
    [InlineData("gzip", "empty")]
    [InlineData("identity", "empty")]
    public async Task An_empty_body_stays_empty(string coding, string reason)
    {
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of([]), ContentCoding.Parse(coding));
        Assert.Equal(reason, outcome.Reason);
        Assert.Empty(body);
    }

    [Fact, Row("B8")]
    public async Task A_coded_body_of_an_empty_page_passes_unchanged()
    {
        byte[] nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(nothing), ContentCoding.Gzip);
        Assert.Equal("empty", outcome.Reason);
        Assert.Equal(nothing, body);
    }

    [Fact, Row("B5")]
    public async Task A_page_with_a_wrong_checksum_is_complete()
    {
        var coded = Coded.Encode("gzip", Page);
        coded[^8] ^= 0xFF;
        Assert.Equal(Extended, (await Peek.AllAsync(OriginStream.Of(coded, 1000), ContentCoding.Gzip)).Body);
    }

    [Theory, Row("B5")]
    [InlineData("gzip", 8)]
    [InlineData("deflate", 4)]
    public async Task A_page_without_a_checksum_is_complete(string coding, int length)
    {
        var coded = Coded.Encode(coding, Page)[..^length];
        Assert.Equal(Extended, (await Peek.AllAsync(OriginStream.Of(coded), ContentCoding.Parse(coding))).Body);
    }

    [Fact, Row("B4", "B5")]
    public async Task Data_after_the_first_member_of_a_gzip_body_is_not_shown()
    {
        byte[] coded = [.. Coded.Encode("gzip", Page), .. Coded.Encode("gzip", "<p>second"u8.ToArray()), .. "garbage"u8];
        Assert.Equal(Extended, (await Peek.AllAsync(OriginStream.Of(coded, 500), ContentCoding.Gzip)).Body);
    }

    [Theory, Row("B4", "B5")]
    [MemberData(nameof(Coded.Flaws), MemberType = typeof(Coded))]
    public async Task A_coding_that_the_client_does_not_accept_is_decoded_as_leniently_as_browsers_do(string coding, string flaw)
    {
        // Random letters: half of the data decodes to half of the page.
        byte[] page = [.. Page[..100], .. new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray(), 6_000)];
        byte[] extended = [.. page[..27], .. HtmlCase.Line.Span, .. page[27..]];
        var coded = Coded.Encode(coding, page, flaw);
        foreach (var length in new[] { 1, 7, 500, coded.Length })
        {
            var outcome = await Peek.RunAsync(
                OriginStream.Of(coded, length), new PeekTerms(DocumentPlan.Document, Coded.Coding(coding), IsUnrequested: true));
            await using var body = outcome.Body;
            Assert.Equal((true, true), (outcome.Injected, outcome.Decoded));
            var shown = await Peek.DrainAsync(body);
            Assert.InRange(shown.Length, flaw == "data cut" ? 2_000 : extended.Length, extended.Length);
            Assert.Equal(extended[..shown.Length], shown);
        }
    }

    [Fact]
    public async Task All_optional_fields_of_a_gzip_header_are_skipped()
    {
        var plain = Coded.Encode("gzip", Page);
        byte[] coded = [.. plain[..3], 0x1E, .. plain[4..10], 3, 0, 1, 0, 2, .. "name\0comment\0"u8, 0x12, 0x34, .. plain[10..]];
        for (var split = 1; split < 50; split++)
            Assert.Equal(Extended, (await Peek.AllAsync(OriginStream.Of(coded, split, 10_000), ContentCoding.Gzip)).Body);
    }

    [Fact]
    public async Task A_gzip_header_that_never_ends_passes_unchanged()
    {
        byte[] coded = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, .. Enumerable.Repeat((byte)'n', 20_000)];
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(coded, 3000), ContentCoding.Gzip);
        Assert.Equal("prologue_too_long", outcome.Reason);
        Assert.Equal(coded, body);
    }

    [Theory, Row("B12")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_decompression_bomb_passes_without_being_decoded(string coding)
    {
        var coded = Coded.Encode(coding, Enumerable.Repeat((byte)' ', 20_000_000).ToArray());
        var origin = OriginStream.Of(coded, 1000);
        var pool = new CountingPool();
        var outcome = await Peek.RunAsync(origin, ContentCoding.Parse(coding), pool: pool);
        Assert.Equal("prologue_too_long", outcome.Reason);
        Assert.True(origin.BytesRead <= 16_384, $"{origin.BytesRead} bytes read");

        // One array for the coded start, one for the decoded start.
        Assert.Equal(2, pool.Rented);
        Assert.Equal(coded, await Peek.DrainAsync(outcome.Body));
        Assert.Equal(0, pool.Lent);
    }

    [Fact, Row("B12", "C6")]
    public async Task After_the_line_a_page_is_decoded_only_as_far_as_it_is_read()
    {
        byte[] page = [.. "<html><head>"u8, .. new byte[20_000_000]];
        var origin = OriginStream.Of(Coded.Encode("br", page), 1000);
        var outcome = await PeekAsync(origin, ContentCoding.Brotli);
        Assert.True(outcome.Decoded);
        await outcome.Body.ReadExactlyAsync(new byte[10_000], TestContext.Current.CancellationToken);
        Assert.InRange(origin.BytesRead, 1, 1000);
    }

    [Fact]
    public async Task Random_pages_are_complete_in_random_pieces_and_buffers()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var coding = Coded.Names[seed % Coded.Names.Length];
            byte[] page = [.. "<html><head>"u8, .. new byte[random.Next(60_000)]];
            random.NextBytes(page.AsSpan(12));
            byte[] expected = [.. page[..12], .. HtmlCase.Line.Span, .. page[12..]];
            var lengths = Enumerable.Range(0, 50).Select(_ => random.Next(1, 5_000)).ToArray();
            var outcome = await PeekAsync(OriginStream.Of(Coded.Encode(coding, page), lengths), Coded.Coding(coding));
            Assert.Equal(expected, Peek.Shown(outcome, Coded.Coding(coding), await Peek.DrainAsync(outcome.Body, random.Next(1, 3_000))));
        }
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task An_empty_read_before_each_read_changes_nothing(string coding)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var outcome = await PeekAsync(OriginStream.Of(Coded.Encode(coding, Page), 10), Coded.Coding(coding));
        var result = new MemoryStream();
        var buffer = new byte[1000];
        int count;
        do
        {
            Assert.Equal(0, await outcome.Body.ReadAsync(Memory<byte>.Empty, cancelled));
            count = await outcome.Body.ReadAsync(buffer, cancelled);
            result.Write(buffer, 0, count);
        }
        while (count > 0);
        Assert.Equal(Extended, Peek.Shown(outcome, Coded.Coding(coding), result.ToArray()));
    }

    private static Task<Outcome> PeekAsync(Stream origin, ContentCoding coding) => Peek.RunAsync(origin, coding);
}
