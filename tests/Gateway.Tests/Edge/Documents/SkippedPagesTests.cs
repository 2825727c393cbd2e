using System.Reflection;
using Gateway.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Every reason for which a page passes unchanged, and is counted with that reason.</summary>
public class SkippedPagesTests
{
    /// <summary>The reason, one header besides the content type, and the body.</summary>
    private static readonly (string Reason, string Header, string Body)[] Cases =
    [
        ("status", "X-Other: 1", Requests.Html),
        ("content_type", "Content-Type: text/plain", Requests.Html),
        ("charset", "Content-Type: text/html; charset=utf-16", Requests.Html),
        ("attachment", "Content-Disposition: attachment", Requests.Html),
        ("no_transform", "Cache-Control: no-transform", Requests.Html),
        ("signed", "Signature-Input: sig=(\"@status\" \"content-digest\");keyid=\"k\"", Requests.Html),
        ("csp_blocked", "Content-Security-Policy: script-src 'strict-dynamic'", Requests.Html),
        (SkipReason.Empty, "X-Other: 1", ""),
        (SkipReason.NoDocument, "X-Other: 1", "{\"a\":\"<html>\"}"),
        (SkipReason.Utf16, "X-Other: 1", "\u00FF\u00FE<\0h\0t\0m\0l\0>\0"),
        (SkipReason.EscapeSequence, "X-Other: 1", "<!-- \u001B$B<head> --><html><head>"),
        (SkipReason.PrologueTooLong, "X-Other: 1", "<!--" + new string('x', 17_000) + "--><html><head>"),
        (SkipReason.CharsetPosition, "X-Other: 1", "<head><script>" + new string('x', 900) + "</script>" + new string(' ', 60) + "<meta charset=utf-8>"),
        (SkipReason.Coding, "Content-Encoding: zstd", Requests.Html),
        (SkipReason.Amp, "X-Other: 1", "<!doctype html><html amp><head>"),
    ];

    /// <summary>Reasons that other tests cover: none, an error of the gateway, a slow backend.</summary>
    private static readonly string[] Elsewhere = [SkipReason.NotAsked, SkipReason.Error, SkipReason.SlowPrologue];

    public static TheoryData<string> Reasons => [.. Cases.Select(one => one.Reason)];

    [Theory, MemberData(nameof(Reasons)), Row("F9", "F11"), Requirement(62)]
    public async Task A_page_that_is_skipped_passes_unchanged_and_its_reason_is_counted(string reason)
    {
        var (_, header, body) = Cases.Single(one => one.Reason == reason);
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            reason == "status" ? "206 Partial Content" : "200 OK",
            [header, .. header.StartsWith("Content-Type", StringComparison.Ordinal) ? [] : new[] { "Content-Type: text/html" }, "ETag: \"1\"", "Content-Digest: x"],
            body));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(body, await response.BytesAsync());
        Assert.Equal((body.Length, "\"1\"", "x"), ((int)response.SaidLength()!, response.Line("ETag"), response.Line("Content-Digest")));
        Assert.Equal([reason], counted.Results);
    }

    [Theory, Row("E10", "A1")]
    [InlineData(16_384, "injected")]
    [InlineData(16_385, "prologue_too_long")]
    public async Task A_prologue_may_be_16_KiB_long(int length, string result)
    {
        const string Start = "<!doctype html><!--", End = "--><html><head>", Rest = "<meta charset=utf-8><title>t</title><p>text";
        var prologue = Start + new string('x', length - Start.Length - End.Length) + End;
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Content-Type: text/html", "ETag: \"1\""], prologue + Rest));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/");
        var expected = prologue + (result == "injected" ? PageInjectionTests.LineOf(gateway) : "") + Rest;
        Assert.Equal(expected, await response.BytesAsync());
        Assert.Equal(expected.Length, response.SaidLength());
        Assert.Equal([result], counted.Results);
        Assert.Equal(result != "injected", response.Line("ETag") == "\"1\"");
    }

    [Fact]
    public void Every_reason_has_a_case() => Assert.Empty(
        typeof(SkipReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .Except(Cases.Select(one => one.Reason)).Except(Elsewhere));

    /// <summary>Content types that browsers show as a page, and others.</summary>
    [Theory, Row("E9", "F7", "F12", "F13", "F18"), Requirement(62)]
    [InlineData(true, "text/html")]
    [InlineData(true, "TEXT/HTML ; Charset=\"utf-8\"")]
    [InlineData(true, "text/html;")]
    [InlineData(true, "text/html;;charset")]
    [InlineData(true, " text/html;charset=")]
    [InlineData(false, "text/html", "text/plain")]
    [InlineData(false, "text/plain", "text/html")]
    [InlineData(false, "text/html, application/json")]
    [InlineData(false, "text/html; charset=utf-8, text/plain")]
    [InlineData(false, "text /html")]
    [InlineData(false, "text/html-sandboxed")]
    [InlineData(false, "html")]
    [InlineData(false, "application/xhtml+xml")]
    [InlineData(false, "text/xml")]
    [InlineData(false, "application/xml")]
    [InlineData(false, "image/svg+xml")]
    [InlineData(false, "text/x-amp-html")]
    [InlineData(false, "multipart/x-mixed-replace; boundary=b")]
    [InlineData(false, "multipart/byteranges; boundary=b")]
    [InlineData(false, "multipart/related; type=\"text/html\"")]
    [InlineData(false, "message/rfc822")]
    [InlineData(false, "application/vnd.ms-excel")]
    [InlineData(false, "application/octet-stream")]
    [InlineData(false)]
    public async Task Only_one_unambiguous_content_type_of_HTML_makes_a_page(bool isPage, params string[] types)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", types.Select(type => "Content-Type: " + type), Requests.Html));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var response = await gateway.NavigateAsync("/");
        var line = isPage ? PageInjectionTests.LineOf(gateway) : "";
        Assert.Equal(Requests.Html.Replace("<head>", "<head>" + line, StringComparison.Ordinal), await response.BytesAsync());
        Assert.Equal(types.Select(type => type.Trim()), response.Lines("Content-Type"));
    }

    /// <summary>Every label of UTF-16 and of charsets with escape sequences (WHATWG Encoding 4.2), and two that browsers do not know.</summary>
    [Theory, Row("D2")]
    [InlineData("utf-16")]
    [InlineData("UTF-16LE")]
    [InlineData("utf-16be")]
    [InlineData("unicode")]
    [InlineData("unicodefeff")]
    [InlineData("unicodefffe")]
    [InlineData("csunicode")]
    [InlineData("ucs-2")]
    [InlineData("iso-10646-ucs-2")]
    [InlineData("iso-2022-jp")]
    [InlineData("csiso2022jp")]
    [InlineData("iso-2022-kr")]
    [InlineData("csiso2022kr")]
    [InlineData("iso-2022-cn")]
    [InlineData("iso-2022-cn-ext")]
    [InlineData("hz-gb-2312")]
    [InlineData("replacement")]
    [InlineData("utf-7")]
    [InlineData("utf-32")]
    public async Task A_page_in_a_charset_that_does_not_extend_ASCII_gets_no_line(string charset)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", [$"Content-Type: text/html; charset={charset}"], Requests.Html));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        Assert.Equal(Requests.Html, await (await gateway.NavigateAsync("/")).BytesAsync());
    }

    [Theory, Row("D5", "D6", "D7")]
    [InlineData("text/html", "")]
    [InlineData("text/html", "<meta charset=windows-1251>")]
    [InlineData("text/html;  Charset = utf8", "<meta charset=windows-1251>")]
    [InlineData("text/html; charset=iso-8859-1", "<meta http-equiv=content-type content='text/html; charset=utf-8'>")]
    [InlineData("text/html; charset=x-unknown", "<meta charset=utf-16>")]
    [InlineData("text/html", "<meta charset=utf-16>")]
    [InlineData("text/html", "<meta charset=x-user-defined>")]
    public async Task The_charset_declarations_of_header_and_page_are_left_to_the_browser(string type, string meta)
    {
        var page = $"<!doctype html><html><head>{meta}<title>caf\u00E9 \u00C3\u00A9</title></head><body>x</body></html>";
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", ["Content-Type: " + type], page));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        foreach (var coding in new[] { "identity", "gzip" })
        {
            var response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Accept-Encoding", coding)]);
            Assert.Equal(page.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal), await response.BytesAsync());
            Assert.Equal(type, response.Line("Content-Type"));
        }
    }

    [Fact, Row("F10")]
    public async Task The_cookies_of_a_page_with_no_transform_are_filtered()
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            "200 OK", ["Content-Type: text/html", "Cache-Control: max-age=60", "Cache-Control: no-transform", "Set-Cookie: _ga=1", "Set-Cookie: sessionid=2"], Requests.Html));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var response = await gateway.NavigateAsync("/", "_ga=3");
        Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.Equal("sessionid=2", response.SetCookies()[0]);
        Assert.Equal("_ga" + LegacyCookies.Expired, response.SetCookies()[1]);
        Assert.Empty(backend.Received.Single().Values("Cookie"));
    }
}
