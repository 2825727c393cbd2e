using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Every case, in every coding, split into pieces in every way.</summary>
public class CasesTests
{
    private const int Seeds = 4;

    [Theory, Row("D2", "D3", "E2", "E3", "E4", "E6", "E7", "E8", "E11", "F3", "F4")]
    [MemberData(nameof(HtmlCase.NamesInCodings), MemberType = typeof(HtmlCase))]
    public async Task The_line_is_inserted_where_the_case_says(string name, string coding)
    {
        var coded = Coded.Encode(coding, HtmlCase.Of(name).Input);
        await AssertAsync(name, coding, coded, coded.Length);
    }

    [Theory, Row("C4", "C5")]
    [MemberData(nameof(HtmlCase.NamesInCodings), MemberType = typeof(HtmlCase))]
    public async Task The_place_is_the_same_when_the_body_arrives_byte_by_byte(string name, string coding)
    {
        var coded = Coded.Encode(coding, HtmlCase.Of(name).Input);
        await AssertAsync(name, coding, coded, 1);
    }

    [Theory, Row("C4", "C5")]
    [MemberData(nameof(HtmlCase.NamesInCodings), MemberType = typeof(HtmlCase))]
    public async Task The_place_is_the_same_wherever_the_body_is_split_in_two(string name, string coding)
    {
        var coded = Coded.Encode(coding, HtmlCase.Of(name).Input);
        for (var split = 1; split < coded.Length; split++)
            await AssertAsync(name, coding, coded, split, coded.Length);
    }

    /// <summary>Pages longer than any case, and at least two kilobytes when compressed: <c>{text}</c> is three kilobytes of random letters.</summary>
    [Theory, Row("C4", "C5")]
    [InlineData("<!doctype html><html><head>{line}<title>t</title><p>{text}")]
    [InlineData("<!doctype html><!--{text}--><html lang=en><head>{line}<title>t</title>")]
    [InlineData("<html data-a='{text}'><head>{line}<title>t</title>")]
    [InlineData("<!doctype html>{line}<title>{text}</title><meta charset=utf-8>")]
    public async Task The_place_is_the_same_wherever_a_page_of_three_kilobytes_is_split_in_two(string expected)
    {
        var letters = Encoding.ASCII.GetString(new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray(), 3_000));
        var text = expected.Replace("{text}", letters, StringComparison.Ordinal);
        var input = Encoding.ASCII.GetBytes(text.Replace("{line}", "", StringComparison.Ordinal));
        var extended = Encoding.ASCII.GetBytes(text.Replace("{line}", Encoding.ASCII.GetString(HtmlCase.Line.Span), StringComparison.Ordinal));
        var page = new HtmlCase(expected, DocumentPlan.Document, input, extended, null);
        foreach (var coding in Coded.Names)
        {
            var coded = Coded.Encode(coding, input);
            Assert.InRange(coded.Length, 2_000, 4_000);
            for (var split = 1; split < coded.Length; split++)
                await AssertAsync(page, coding, coded, split, coded.Length);
        }
    }

    [Theory, Row("E10")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData(Coded.RawDeflate)]
    [InlineData("br")]
    public async Task A_prologue_of_16_KiB_gets_the_line_and_a_longer_one_does_not(string coding)
    {
        foreach (var length in new[] { 16_383, 16_384, 16_385, 17_000 })
        {
            const string Start = "<!doctype html><!--", End = "--><html><head>", Rest = "<meta charset=utf-8><p>text";
            var prologue = Encoding.ASCII.GetBytes(Start + new string('x', length - Start.Length - End.Length) + End);
            byte[] input = [.. prologue, .. Encoding.ASCII.GetBytes(Rest)];
            byte[] extended = [.. prologue, .. HtmlCase.Line.Span, .. Encoding.ASCII.GetBytes(Rest)];
            var page = new HtmlCase("", DocumentPlan.Document, input, length <= 16_384 ? extended : null, length <= 16_384 ? null : "prologue_too_long");
            var coded = Coded.Encode(coding, input);
            foreach (var piece in new[] { 1, 1_000, 16_384, coded.Length })
                await AssertAsync(page, coding, coded, piece);
        }
    }

    [Theory, Row("C4")]
    [MemberData(nameof(HtmlCase.PagesInCodings), MemberType = typeof(HtmlCase))]
    public async Task The_place_is_the_same_in_random_pieces_of_a_large_page(string name, string coding)
    {
        var page = HtmlCase.Of(name);
        foreach (var seed in Enumerable.Range(page.Input.Length * Seeds, Seeds))
        {
            var random = new Random(seed);
            var tail = new byte[40_000];
            random.NextBytes(tail);
            var coded = Coded.Encode(coding, [.. page.Input, .. tail]);
            var lengths = Enumerable.Range(0, 500).Select(_ => random.Next(1, 700)).ToArray();
            var (outcome, body) = await Peek.AllAsync(OriginStream.Of(coded, lengths), Coded.Coding(coding), page.Plan);
            byte[] expected = [.. page.Expected!, .. tail];
            Assert.True(outcome.Reason is null && expected.AsSpan().SequenceEqual(body), $"seed {seed}: {outcome.Reason ?? "another body"}");
        }
    }

    [Theory, Row("C5")]
    [MemberData(nameof(HtmlCase.Pages), MemberType = typeof(HtmlCase))]
    public async Task The_page_without_the_line_is_the_original(string name)
    {
        var page = HtmlCase.Of(name);
        var (_, body) = await Peek.AllAsync(OriginStream.Of(page.Input), plan: page.Plan);
        var at = body.AsSpan().IndexOf(HtmlCase.Line.Span);
        byte[] without = [.. body[..at], .. body[(at + HtmlCase.Line.Length)..]];
        Assert.Equal(page.Input, without);
    }

    [Fact]
    public async Task The_check_notices_a_wrong_expectation() =>
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() =>
            AssertAsync("document/no_doctype", "identity", HtmlCase.Of("document/no_html_tag").Input, 1));

    [Theory]
    [MemberData(nameof(HtmlCase.Pages), MemberType = typeof(HtmlCase))]
    public async Task The_check_notices_a_line_one_byte_off(string name)
    {
        var page = HtmlCase.Of(name);
        var place = page.Expected.AsSpan().IndexOf(HtmlCase.Line.Span);
        foreach (var off in new[] { place - 1, place + 1 }.Where(off => off >= 0 && off <= page.Input.Length))
        {
            var moved = page with { Expected = [.. page.Input[..off], .. HtmlCase.Line.Span, .. page.Input[off..]] };
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AssertAsync(moved, "identity", page.Input, page.Input.Length));
        }
    }

    private static Task AssertAsync(string name, string coding, byte[] coded, params int[] lengths) => AssertAsync(HtmlCase.Of(name), coding, coded, lengths);

    private static async Task AssertAsync(HtmlCase page, string coding, byte[] coded, params int[] lengths)
    {
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(coded, lengths), Coded.Coding(coding), page.Plan);
        Assert.Equal(page.Reason, outcome.Reason);
        Assert.Equal(page.Expected is not null, outcome.Injected);
        if (!coding.EndsWith("gzip", StringComparison.Ordinal))
            Assert.Equal(outcome.Injected && coding != "identity", outcome.Decoded);
        Assert.Equal(page.Expected ?? coded, body);
    }
}
