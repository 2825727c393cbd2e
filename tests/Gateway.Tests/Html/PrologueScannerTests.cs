using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

public class PrologueScannerTests
{
    private const int LineLength = 70;

    /// <summary>16 KiB. The documented value, not the scanner's constant: a change of that must fail a test.</summary>
    private const int Limit = 16_384;

    [Theory]
    [InlineData("<!doctype html><p>x", "Doctype, AnyTag")]
    [InlineData("<!DOCTYPE html>text", "Doctype, Text")]
    [InlineData("<html><p>x", "Html, AnyTag")]
    [InlineData("<HTML><HEAD><p>x", "Html, Head")]
    [InlineData("<body>", "Body")]
    [InlineData("<frameset>", "Body")]
    [InlineData("<title>", "Title")]
    [InlineData("<meta >", "Structure")]
    [InlineData("<base/>", "Structure")]
    [InlineData("<link\n>", "Structure")]
    [InlineData("<Script>", "Structure")]
    [InlineData("<style>", "Structure")]
    [InlineData("<header>", "AnyTag")]
    [InlineData("<esi:vars><title>", "Esi, Title")]
    [InlineData("<esi:vars></esi:vars><html><p>", "Esi, Html, AnyTag")]
    [InlineData("<!-- <html> --></p></body>", "None")]
    [InlineData("text<html>", "Text")]
    public void The_evidence_is_what_precedes_the_place(string body, string expected) =>
        Assert.Equal((Verdict.At, Enum.Parse<Evidence>(expected)), Scan(body));

    [Theory, Row("C4")]
    [MemberData(nameof(HtmlCase.Names), MemberType = typeof(HtmlCase))]
    public void A_result_for_a_part_is_the_result_for_the_whole(string name)
    {
        byte[] body = [.. HtmlCase.Of(name).Input, .. new byte[1100]];
        var whole = PrologueScanner.Scan(body, isComplete: true, LineLength);
        for (var length = 0; length <= body.Length; length++)
        {
            var part = PrologueScanner.Scan(body.AsSpan(0, length), isComplete: false, LineLength);
            Assert.True(part == whole || part.Verdict is Verdict.NeedMore, $"at {length}: {part}, and not {whole}");
        }

        Assert.NotEqual(Verdict.NeedMore, whole.Verdict);
    }

    [Fact]
    public void An_empty_body_is_not_a_page() =>
        Assert.Equal(PrologueResult.No("empty"), PrologueScanner.Scan([], isComplete: true, LineLength));

    [Theory, Row("E10")]
    [InlineData("<!--")]
    [InlineData(" ")]
    [InlineData("<!doctype html><html data-a=\"")]
    [InlineData("<?")]
    public void A_prologue_without_an_end_is_too_long_at_the_limit(string start)
    {
        var body = Encoding.ASCII.GetBytes(start.PadRight(Limit));
        Assert.Equal(Verdict.NeedMore, PrologueScanner.Scan(body.AsSpan(..^1), isComplete: false, LineLength).Verdict);
        Assert.Equal(PrologueResult.No("prologue_too_long"), PrologueScanner.Scan(body, isComplete: false, LineLength));
    }

    [Fact]
    public void Bytes_after_the_limit_are_not_scanned()
    {
        var body = Encoding.ASCII.GetBytes("<p>".PadLeft(Limit + 3));
        Assert.Equal(PrologueResult.No("prologue_too_long"), PrologueScanner.Scan(body, isComplete: true, LineLength));
    }

    [Fact]
    public void A_prologue_just_below_the_limit_is_accepted()
    {
        var body = Encoding.ASCII.GetBytes("<html><head>".PadLeft(Limit));
        Assert.Equal(Limit, PrologueScanner.Scan(body, isComplete: false, LineLength).Offset);
    }

    [Fact]
    public void No_input_makes_the_scanner_throw()
    {
        string[] pieces = ["<", ">", "!", "-", "--", "/", "?", "=", "\"", "'", " ", "a", "html", "head", "meta", "charset", "<!--",
            "-->", "title", "link", "&#", "9;", "&Tab;", "\u00e2\u0080", "\u008b", "\u00ef\u00bb\u00bf", "<esi:", " amp", "\0", "é", "<html", "<head", "<meta charset=", "<title>", "</title>"];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(random.GetItems(pieces, random.Next(12)));
            var body = Encoding.Latin1.GetBytes(text.PadLeft(text.Length + random.Next(2) * (1010 - text.Length)));
            var found = PrologueScanner.Scan(body, isComplete: random.Next(2) == 0, LineLength);
            Assert.InRange(found.Offset, 0, body.Length);
        }
    }

    private static (Verdict Verdict, Evidence Evidence) Scan(string body)
    {
        var found = PrologueScanner.Scan(Encoding.ASCII.GetBytes(body), isComplete: true, LineLength);
        return (found.Verdict, found.Evidence);
    }
}
