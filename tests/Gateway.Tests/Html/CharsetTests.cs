using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>
/// Pages in the charsets of old sites, in which the second byte of a character may be an ASCII byte of markup. In every coding and however they
/// are split, they get the line and nothing else changes. Pages in UTF-16 pass unchanged.
/// </summary>
public class CharsetTests
{
    private const string Head = "<!doctype html>\n<html lang=x>\n<head>";

    /// <summary>A charset, and a text whose bytes in it look like markup.</summary>
    private static readonly (string Charset, string Text)[] Texts =
    [
        ("utf-8", "caf\u00E9 \u65E5\u672C \U0001F600"),
        ("iso-8859-1", "caf\u00E9 \u00FF\u00A0"),
        ("windows-1252", "\u201Ccaf\u00E9\u201D \u20AC"),
        ("shift_jis", "\u8868\u30BD\u80FD \u2015\u3000\uFF71"),
        ("euc-jp", "\u8868\u30BD \u4E9C\u7199"),
        ("euc-kr", "\uAC00\uB098 \uD55C\uAE00"),
        ("gb18030", "\u4E02\u4E04 \u5165\u00DF\u0178\U0001F600"),
        ("utf-16", "caf\u00E9 \u3C3E\u3E3C"),
    ];

    static CharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string> CharsetsInCodings
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (charset, coding) in from text in Texts from coding in Coded.Names select (text.Charset, coding))
                data.Add(charset, coding);
            return data;
        }
    }

    [Theory, MemberData(nameof(CharsetsInCodings)), Row("C4", "C5", "D2")]
    public async Task Wherever_a_page_is_split_it_gains_the_line_and_nothing_else_changes(string charset, string coding)
    {
        var (page, expected) = Page(charset, 1);
        var coded = Coded.Encode(coding, page);
        for (var split = 1; split <= coded.Length; split++)
            await AssertAsync(coded, coding, expected, split, coded.Length);
    }

    [Theory, MemberData(nameof(CharsetsInCodings)), Row("C4", "C5", "D2")]
    public async Task A_large_page_in_random_pieces_gains_the_line_and_nothing_else_changes(string charset, string coding)
    {
        var (page, expected) = Page(charset, 4_000);
        var coded = Coded.Encode(coding, page);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var lengths = Enumerable.Range(0, 400).Select(_ => random.Next(1, 1 + (seed * 50))).ToArray();
            await AssertAsync(coded, coding, expected, lengths);
        }
    }

    [Fact]
    public async Task The_check_notices_one_changed_byte()
    {
        var (page, expected) = Page("shift_jis", 1);
        expected![^20] ^= 1;
        var problem = await Assert.ThrowsAsync<Xunit.Sdk.EqualException>(() => AssertAsync(page, "identity", expected, page.Length));
        Assert.Contains("Collections differ", problem.Message, StringComparison.Ordinal);
    }

    /// <param name="expected">Null where the page passes unchanged.</param>
    private static async Task AssertAsync(byte[] coded, string coding, byte[]? expected, params int[] lengths)
    {
        var (outcome, body) = await Peek.AllAsync(OriginStream.Of(coded, lengths), Coded.Coding(coding));
        Assert.Equal(expected is null ? SkipReason.Utf16 : null, outcome.Reason);
        Assert.Equal(expected ?? coded, body);
    }

    private static (byte[] Page, byte[]? Expected) Page(string charset, int times)
    {
        var text = Texts.Single(one => one.Charset == charset).Text;
        var encoding = Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        var rest = $"\n<meta charset={charset}><title>{text}</title></head>\n<body>{string.Concat(Enumerable.Repeat($"<p title=\"{text}\">{text}", times))}";
        if (charset == "utf-16")
            return ([.. encoding.GetPreamble(), .. encoding.GetBytes(Head + rest)], null);

        byte[] head = Encoding.ASCII.GetBytes(Head), body = encoding.GetBytes(rest);
        return ([.. head, .. body], [.. head, .. HtmlCase.Line.Span, .. body]);
    }
}
