using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>A standards parser reads the same tree as before, apart from the gateway's script.</summary>
public class DomTests
{
    private static readonly string[] Pieces =
    [
        " ", "\n", "text", "<!doctype html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">", "<!-- <head> -->",
        "<!-->", "<!-- a --!>", "<?xml version='1.0'?>", "<![CDATA[x]]>", "</>", "</ x>", "</p>", "</head>", "</html>", "</br>",
        "<html lang=en>", "<html a='>' b=\"<head>\">", "<head>", "<HEAD profile=x>", "<head/>", "<header>", "<body class=b>",
        "<title>t</title>", "<meta charset=utf-8>", "<meta name=a content=b>", "<script>1</script>", "<style>p{}</style>", "<p>",
        "<frameset>", "<frame>", "</frameset>", "<template><p></template>", "<noscript>n</noscript>", "<table>", "<tr>", "<td>",
        "<svg><script>2</script></svg>", "<select>", "<option>", "<base href=/a>", "<link rel=x>", "<textarea>", "<b>", "</b>", "&amp;",
        "&#9;", "&Tab;", "&#xd", "\u00e2\u0080\u008b", "\u00ef\u00bb\u00bf",
    ];

    [Theory, Row("E1", "E5", "E6", "E7", "E8")]
    [MemberData(nameof(HtmlCase.Pages), MemberType = typeof(HtmlCase))]
    public void The_tree_of_a_case_is_the_same_except_for_the_script(string name) =>
        DomOracle.AssertSame(WithoutEsi(HtmlCase.Of(name).Input), WithoutEsi(HtmlCase.Of(name).Expected!));

    [Fact, Row("E1", "E2", "E4", "E5", "E6", "E7", "E8")]
    public async Task The_tree_of_random_pages_is_the_same_except_for_the_script()
    {
        var injected = 0;
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var pieces = random.GetItems(Pieces, seed % 14).ToList();
            if (seed % 8 > 0)
                pieces.Insert(Math.Min(pieces.Count, random.Next(3)), "<!doctype html>");
            var page = Encoding.Latin1.GetBytes(string.Concat(pieces));
            var (outcome, body) = await Peek.AllAsync(OriginStream.Of(page));
            if (!outcome.Injected)
                continue;
            injected++;
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {Encoding.Latin1.GetString(page)}");
            DomOracle.AssertSame(page, body);
        }

        Assert.True(injected > 2_500, $"Only {injected} pages were injected.");
    }

    [Fact, Row("D4")]
    public async Task The_tree_is_the_same_where_the_line_follows_a_charset_declaration()
    {
        const string Meta = "<meta charset=utf-8>";
        const int End = 1000;
        var moved = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var start = string.Concat(random.GetItems(Pieces, seed % 5));
            var padding = "<!--" + new string('x', End - start.Length - Meta.Length - "<!---->".Length) + "-->";
            var page = Encoding.Latin1.GetBytes(start + padding + Meta + string.Concat(random.GetItems(Pieces, 4)));
            var (outcome, body) = await Peek.AllAsync(OriginStream.Of(page));
            if (!outcome.Injected)
                continue;
            moved += body.AsSpan().IndexOf(HtmlCase.Line.Span) == End ? 1 : 0;
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {Encoding.Latin1.GetString(page)}");
            DomOracle.AssertSame(page, body);
        }

        Assert.True(moved > 100, $"Only {moved} lines were moved.");
    }

    // The cache in front of the gateway replaces these tags before a browser sees the page.
    private static byte[] WithoutEsi(byte[] page) => Encoding.Latin1.GetBytes(Regex.Replace(Encoding.Latin1.GetString(page), "</?esi:[^>]*>", ""));

    [Fact]
    public void The_oracle_notices_a_line_before_the_doctype() => AssertSeen("<!doctype html><html><head><title>t</title>", 0);

    [Fact]
    public void The_oracle_notices_a_line_before_the_head() => AssertSeen("<!doctype html><html><head id=a><title>t</title>", 21);

    [Fact]
    public void The_oracle_notices_a_line_in_a_comment() => AssertSeen("<!doctype html><!-- <head> --><html><head>", 26);

    [Fact]
    public void The_oracle_notices_a_line_after_another_script() => AssertSeen("<head><script>1</script><title>t</title>", 24);

    /// <remarks>One byte later is a correct place too if that byte is white space or the prologue has ended.</remarks>
    [Fact]
    public void The_oracle_notices_a_line_one_byte_off()
    {
        var (before, after) = (0, 0);
        foreach (var page in HtmlCase.Pages.Select(row => HtmlCase.Of(row.Data)))
        {
            var place = page.Expected.AsSpan().IndexOf(HtmlCase.Line.Span);
            before += place > 0 && !IsSame(page.Input, place - 1) ? 1 : 0;
            after += place < page.Input.Length && !IsSame(page.Input, place + 1) ? 1 : 0;
        }

        Assert.True(before > 40 && after > 40, $"One byte earlier was seen in {before} pages, one byte later in {after}.");
    }

    private static bool IsSame(byte[] page, int offset)
    {
        try
        {
            DomOracle.AssertSame(page, [.. page[..offset], .. HtmlCase.Line.Span, .. page[offset..]]);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static void AssertSeen(string page, int offset)
    {
        var before = Encoding.ASCII.GetBytes(page);
        byte[] after = [.. before[..offset], .. HtmlCase.Line.Span, .. before[offset..]];
        Assert.ThrowsAny<Exception>(() => DomOracle.AssertSame(before, after));
    }
}
