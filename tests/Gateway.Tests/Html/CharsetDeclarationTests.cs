using System.Text;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

public class CharsetDeclarationTests
{
    private const string Meta = "<meta charset=\"utf-8\">";
    private const string Start = "<!doctype html><html><head>";

    [Theory, Row("D4")]
    [InlineData(Meta)]
    [InlineData("<META CHARSET=utf-8 >")]
    [InlineData("<meta\nhttp-equiv=Content-Type content='text/html; CharSet=utf-8'>")]
    [InlineData("<meta content=\"text/html;charset=iso-8859-1\" http-equiv='content-type'/>")]
    public void A_charset_declaration_never_moves_past_byte_1024(string meta)
    {
        for (var end = 900; end <= 1100; end++)
        {
            var page = Page("<title>t</title><!--", "-->", meta, end);
            var isPushedOut = end <= 1024 && end + HtmlCase.Line.Length > 1024;
            Assert.Equal(PrologueResult.At(isPushedOut ? end : Start.Length, Evidence.Doctype | Evidence.Html | Evidence.Head), Scan(page));
        }
    }

    [Theory, Row("D4", "E12", "E13")]
    [InlineData("<link rel=stylesheet href=a.css><meta name=a content='charset'><title></b> <script></title><!--", "-->", true)]
    [InlineData("\n <TITLE>", "</title\n>\n", true)]
    [InlineData("<script>1</script><!--", "-->", false)]
    [InlineData("<style>", "</style>", false)]
    [InlineData("<base href=https://elsewhere.example/><!--", "-->", false)]
    [InlineData("<meta http-equiv=content-security-policy content=\"script-src 'none'\"><!--", "-->", false)]
    [InlineData("<link rel=stylesheet href=a.css onload='run()'><!--", "-->", false)]
    [InlineData("<title>", "", false)]
    [InlineData("<title></titles>", "", false)]
    [InlineData("text", "", false)]
    [InlineData("</head><!--", "-->", false)]
    [InlineData("<noscript>", "</noscript>", false)]
    public void The_line_follows_the_declaration_only_where_no_script_ran_and_the_head_continues(string before, string after, bool isMoved)
    {
        const int End = 1000;
        var found = Scan(Page(before, after, Meta, End));
        Assert.Equal(isMoved ? (End, null) : (0, "charset_position"), (found.Offset, found.Reason));
    }

    [Fact]
    public void Only_the_first_charset_declaration_counts()
    {
        var page = Page(Meta + "<script>1</script><!--", "-->", Meta, 1000);
        Assert.Equal(Start.Length, Scan(page).Offset);
    }

    [Fact]
    public void A_page_with_a_byte_order_mark_is_not_searched_for_a_declaration()
    {
        byte[] page = [0xEF, 0xBB, 0xBF, .. Page("<script>1</script><!--", "-->", Meta, 1000)];
        Assert.Equal(3 + Start.Length, Scan(page).Offset);
    }

    [Theory, Row("D7")]
    [InlineData("<head><!-- <meta charset=utf-8>", " -->")]
    [InlineData("<head><meta name=charset content=charset><!--", "-->")]
    [InlineData("<head><meta name=x data-charset=x><!--", "-->")]
    [InlineData("<head><p title=\"<meta charset=utf-8>", "\">")]
    public void Text_that_only_looks_like_a_declaration_does_not_move_the_line(string before, string after)
    {
        var page = Encoding.ASCII.GetBytes(before.PadRight(1000 - after.Length) + after + new string('x', 100));
        Assert.Equal("<head>".Length, Scan(page).Offset);
    }

    [Fact]
    public void The_place_is_known_when_the_declaration_or_1024_bytes_have_arrived()
    {
        var page = Encoding.ASCII.GetBytes(Start + Meta);
        Assert.Equal(Verdict.NeedMore, PrologueScanner.Scan(page.AsSpan(..^1), false, HtmlCase.Line.Length).Verdict);
        Assert.Equal(Verdict.At, PrologueScanner.Scan(page, false, HtmlCase.Line.Length).Verdict);
        var other = Encoding.ASCII.GetBytes(Start.PadRight(1024));
        Assert.Equal(Verdict.NeedMore, PrologueScanner.Scan(other.AsSpan(..^1), false, HtmlCase.Line.Length).Verdict);
        Assert.Equal(Verdict.At, PrologueScanner.Scan(other, false, HtmlCase.Line.Length).Verdict);
    }

    /// <summary>A page whose declaration ends at a byte, with padding between <paramref name="before"/> and the rest.</summary>
    private static byte[] Page(string before, string after, string meta, int end)
    {
        var page = (Start + before).PadRight(end - meta.Length - after.Length, 'x') + after + meta;
        Assert.Equal(end, page.Length);
        return Encoding.ASCII.GetBytes(page + new string(' ', 300));
    }

    private static PrologueResult Scan(byte[] page) => PrologueScanner.Scan(page, isComplete: true, HtmlCase.Line.Length);
}
