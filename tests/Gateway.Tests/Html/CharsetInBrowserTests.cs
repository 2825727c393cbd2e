using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Html;

/// <summary>Pages in the charsets of old sites in Chromium: charset, text and compatibility mode are the same with and without the gateway.</summary>
public class CharsetInBrowserTests(Browser browser)
{
    private const string Read = "() => [document.characterSet, document.compatMode, document.title, document.body.textContent, document.head.children.length].join('|')";

    private static readonly (string Charset, string Text)[] Texts =
    [
        ("utf-8", "caf\u00E9 \u65E5\u672C"),
        ("iso-8859-1", "caf\u00E9"),
        ("windows-1252", "\u201Ccaf\u00E9\u201D"),
        ("shift_jis", "\u8868\u30BD\u80FD"),
        ("euc-jp", "\u8868\u30BD"),
        ("euc-kr", "\uAC00\uB098"),
        ("gb18030", "\u4E02\u4E04 \u5165"),
        ("utf-16", "caf\u00E9 \u65E5"),
    ];

    static CharsetInBrowserTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Where a page declares its charset: header, meta at the start or end of the first 1024 bytes, byte order mark, nowhere.</summary>
    public static TheoryData<string> Places => ["header", "meta", "late meta", "mark", "nowhere", "contradiction"];

    [Theory, MemberData(nameof(Places)), Row("D3", "D4", "D5", "D6", "D7")]
    public async Task The_browser_reads_the_same_charset_and_text_as_without_the_gateway(string place)
    {
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            var (charset, coding) = (context.Request.Query["charset"].ToString(), context.Request.Query["coding"].ToString());
            var body = Coded.Encode(coding, Page(charset, place));
            var headers = context.Response.Headers;
            headers.ContentType = place switch { "header" => $"text/html; charset={charset}", "contradiction" => "text/html; charset=windows-1251", _ => "text/html" };
            headers.ContentEncoding = coding == "identity" ? default : coding;
            headers.CacheControl = context.Request.Path == "/bare" ? "no-transform" : default;
            headers.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        await browser.RunAsync(async page =>
        {
            foreach (var (charset, text) in Texts)
            {
                await page.GotoAsync($"http://localhost:{gateway.Url.Port}/bare?charset={charset}&coding=identity");
                var before = await page.EvaluateAsync<string>(Read);
                foreach (var coding in new[] { "identity", "gzip" })
                {
                    var query = $"?charset={charset}&coding={coding}";
                    await page.GotoAsync($"http://localhost:{gateway.Url.Port}/{query}");
                    Assert.Equal((query, before), (query, await page.EvaluateAsync<string>(Read)));
                    Assert.Equal(charset != "utf-16", await page.EvaluateAsync<bool>("() => !!window[Symbol.for('gateway')]"));
                }

                if (place == "header" || (place == "meta" && charset != "utf-16"))
                    Assert.Contains(text, before, StringComparison.Ordinal);
            }
        });
    }

    private static byte[] Page(string charset, string place)
    {
        var text = Texts.Single(one => one.Charset == charset).Text;
        var meta = $"<meta charset={charset}>";
        var encoding = Encoding.GetEncoding(charset);
        const string Start = "<!doctype html><html><head>";
        var declaration = place switch
        {
            "meta" or "contradiction" => meta,
            "late meta" => $"<!--{new string('x', 1024 - Start.Length - meta.Length - "<!---->".Length)}-->{meta}",
            _ => "",
        };
        var mark = charset == "utf-16" || (charset == "utf-8" && place == "mark") ? encoding.GetPreamble() : [];
        return [.. mark, .. encoding.GetBytes($"{Start}{declaration}<title>{text}</title></head><body><p>{text}</p></body></html>")];
    }
}
