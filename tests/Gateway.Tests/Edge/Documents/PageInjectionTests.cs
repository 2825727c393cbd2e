using System.IO.Compression;
using System.Text;
using Gateway.Edge;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Documents get the line, other responses do not, and no other byte changes.</summary>
public class PageInjectionTests
{
    internal static string LineOf(TestGateway gateway) =>
        Encoding.ASCII.GetString(gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0].Script.Line);

    private static Task<TestGateway> StartAsync(byte[] body, params (string Name, string Value)[] headers) => TestGateway.StartAsync(
        async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            await context.Response.Body.WriteAsync(body);
        },
        config: TestCertificate.AlsoTls);

    private static string WithLine(TestGateway gateway, string html) =>
        html.Replace("<head>", "<head>" + LineOf(gateway), StringComparison.Ordinal);

    [Fact, Row("A1", "D1", "E13", "G11")]
    public async Task A_page_gets_the_script_element_at_the_start_of_its_head_and_its_length_is_exact()
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        Assert.Matches("^<script src=\"/_choices/[0-9a-f]{16}\\.js\" data-gateway=\"\"></script>$", LineOf(gateway));
        foreach (var client in new[] { gateway.Client, gateway.Tls, gateway.Http2 })
        {
            var response = await client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, Requests.Navigation), TestContext.Current.CancellationToken);
            var body = await response.BytesAsync();
            Assert.Equal(WithLine(gateway, Requests.Html), body);
            Assert.Equal(body.Length, response.SaidLength());
        }
    }

    [Fact]
    public async Task A_page_has_the_same_bytes_for_every_visitor()
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        var bodies = new HashSet<string>();
        foreach (var cookies in new[] { null, "_ga=1", await States.Flow.ChooseAsync(gateway, States.Flow.Accept), await States.Flow.ChooseAsync(gateway, States.Flow.Refuse) })
            bodies.Add(await (await gateway.NavigateAsync("/", cookies)).BytesAsync());
        Assert.Equal([WithLine(gateway, Requests.Html)], bodies);
    }

    [Fact, Row("C5", "D5")]
    public async Task Bytes_that_are_not_UTF_8_are_not_changed()
    {
        var page = Encoding.Latin1.GetBytes("<html><head><meta charset=windows-1252></head><body>caf\u00e9 \u0080\u00ff\u0000</body></html>");
        await using var gateway = await StartAsync(page);
        Assert.Equal(WithLine(gateway, Encoding.Latin1.GetString(page)), await (await gateway.NavigateAsync("/")).BytesAsync());
    }

    public static TheoryData<string, string> LeftAlone => new()
    {
        { "Content-Disposition", "attachment; filename=\"page.html\"" },
        { "Content-Disposition", "ATTACHMENT" },
        { "Content-Disposition", "attachement; filename=page.html" },
        { "Content-Disposition", "file; filename=\"page.html\"" },
        { "Content-Disposition", "form-data; name=a" },
        { "Content-Disposition", "inlined" },
        { "Integrity-Policy", "blocked-destinations=(script)" },
        { "Integrity-Policy", "endpoints=(a b), blocked-destinations=(style script), sources=(inline)" },
        { "Document-Policy", "js-profiling, sync-script=?0" },
        { "Content-Security-Policy", "img-src 'self', require-sri-for script style" },
        { "Cache-Control", "max-age=5, no-transform" },
        { "Content-Type", "application/xhtml+xml" },
        { "Content-Type", "text/plain" },
        { "Content-Type", "application/json" },
        { "Content-Type", "text/html; charset=utf-16" },
        { "Content-Type", "text/html; charset=\"UTF-16LE\"" },
        { "Content-Type", "text/html-sandboxed" },
        { "Content-Encoding", "zstd" },
        { "Content-Encoding", "dcb" },
        { "Content-Encoding", "gzip, br" },
    };

    [Theory, MemberData(nameof(LeftAlone)), Row("B3", "D2", "E9", "F7", "F10")]
    public async Task A_response_whose_headers_exclude_the_line_passes_unchanged(string name, string value)
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html), (name, value), ("ETag", "\"1\""), ("Accept-Ranges", "bytes"));
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.Equal(Requests.Html.Length, response.SaidLength());
        Assert.Equal(value, response.Line(name));
        Assert.Equal("\"1\"", response.Line("ETag"));
        Assert.Equal("bytes", response.Line("Accept-Ranges"));
    }

    [Theory, Row("F3")]
    [InlineData("{\"html\":\"<html><head></head></html>\"}")]
    [InlineData("  [1,2]")]
    [InlineData("words")]
    [InlineData("")]
    public async Task A_body_that_is_not_HTML_despite_its_content_type_passes_unchanged(string body)
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(body, await (await gateway.NavigateAsync("/")).BytesAsync());
    }

    [Theory, Row("F4")]
    [InlineData("iframe")]
    [InlineData("object")]
    public async Task In_a_frame_a_fragment_passes_unchanged_and_a_document_gets_the_line(string dest)
    {
        await using var fragment = await StartAsync(Encoding.UTF8.GetBytes("<textarea>{\"a\":1}</textarea>"));
        Assert.Equal("<textarea>{\"a\":1}</textarea>", await (await fragment.GetAsync("/", Requests.Fetch(dest, "navigate", "same-origin"))).BytesAsync());
        await using var document = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        Assert.Equal(WithLine(document, Requests.Html), await (await document.GetAsync("/", Requests.Fetch(dest, "navigate", "same-origin"))).BytesAsync());
    }

    [Theory, Row("F8", "F9")]
    [InlineData(206, false)]
    [InlineData(301, false)]
    [InlineData(302, false)]
    [InlineData(303, false)]
    [InlineData(307, false)]
    [InlineData(201, true)]
    [InlineData(403, true)]
    [InlineData(404, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task Error_pages_get_the_line_and_partial_responses_and_redirects_do_not(int status, bool isDocument)
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Requests.Html);
        });
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(isDocument ? WithLine(gateway, Requests.Html) : Requests.Html, await response.BytesAsync());
    }

    public static TheoryData<string, string> Injected => new()
    {
        { "Content-Disposition", "inline" },
        { "Content-Disposition", " Inline ; filename=a.html" },
        { "Content-Disposition", "filename=a.html" },
        { "Content-Disposition", "; filename=a.html" },
        { "Content-Encoding", "utf-8" },
        { "Content-Encoding", "none" },
        { "Content-Encoding", "8bit, identity" },
        { "Integrity-Policy", "blocked-destinations=(style)" },
        { "Integrity-Policy", "blocked-destinations=(script), sources=(other)" },
        { "Integrity-Policy-Report-Only", "blocked-destinations=(script)" },
        { "Document-Policy", "sync-script=?1, document-write=?0" },
        { "Content-Security-Policy", "require-sri-for style" },
    };

    [Theory, MemberData(nameof(Injected)), Row("B1", "F7")]
    public async Task A_page_whose_headers_let_browsers_show_it_and_run_the_script_gets_the_line(string name, string value)
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html), (name, value));
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(WithLine(gateway, Requests.Html), await response.BytesAsync());
        Assert.Equal(value.Trim(), response.Line(name));
    }

    /// <remarks>What a visitor's GET changes is not said; what it does not change is.</remarks>
    [Theory, Row("A3")]
    [InlineData("text/html", "document", false)]
    [InlineData("text/html", "empty", true)]
    [InlineData("text/html; charset=utf-16", "document", true)]
    [InlineData("image/png", "document", true)]
    public async Task The_response_to_a_HEAD_request_has_no_length_and_no_tag_if_GET_changes_the_page(string type, string dest, bool isUnchanged)
    {
        await using var gateway = await StartAsync(
            Encoding.UTF8.GetBytes(Requests.Html), ("Content-Type", type), ("ETag", "\"1\""), ("Accept-Ranges", "bytes"), ("Content-Security-Policy", "script-src a.test"));
        var request = Requests.To(gateway.Url, HttpMethod.Head, Requests.Fetch(dest, "navigate", "none"));
        var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(isUnchanged ? Requests.Html.Length : null, response.SaidLength());
        Assert.Equal(isUnchanged ? "\"1\"" : null, response.Line("ETag"));
        Assert.Equal(isUnchanged ? "bytes" : null, response.Line("Accept-Ranges"));
        Assert.Equal(isUnchanged, response.Line("Content-Security-Policy") == "script-src a.test");
        Assert.Equal("", await response.BytesAsync());
    }

    [Theory, Row("F15")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nUser-Agent: curl/8.0\nAccept: */*\n", true)]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nAccept: */*\nReferer: http://localhost/a\n", false)]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nAccept: */*\nX-Requested-With: XMLHttpRequest\n", false)]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nAccept: */*\nSec-Fetch-Dest: empty\n", false)]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nAccept: application/json\n", false)]
    [InlineData("GET /page HTTP/1.1\nHost: localhost\nAccept: */*\n", false)]
    public async Task Curl_sees_the_line_on_the_home_page_and_scripts_do_not(string request, bool hasLine)
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        var answer = await gateway.RawAsync(request + "Connection: close\n\n");
        Assert.Equal(hasLine, answer.Contains(LineOf(gateway), StringComparison.Ordinal));
    }

    public static TheoryData<string> Codings => ["gzip", "x-gzip", "deflate", "raw deflate", "br"];

    [Theory, MemberData(nameof(Codings)), Row("B1", "B6", "G15")]
    public async Task A_page_in_a_coding_that_the_client_does_not_accept_is_decoded_and_gets_the_line(string coding)
    {
        var html = Requests.Html.Replace("hello", string.Concat(Enumerable.Range(0, 20_000)), StringComparison.Ordinal);
        await using var gateway = await StartAsync(Compress(coding, html), ("Content-Encoding", coding.Split(' ')[^1]), ("Content-MD5", "x"), ("Digest", "y"));
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(WithLine(gateway, html), await response.BytesAsync());
        Assert.Null(response.Line("Content-Encoding"));
        Assert.Null(response.Line("Content-MD5"));
        Assert.Null(response.Line("Digest"));
    }

    [Fact, Row("B7")]
    public async Task A_body_that_is_not_gzip_despite_its_header_passes_unchanged()
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html), ("Content-Encoding", "gzip"));
        var response = await gateway.NavigateAsync("/");
        Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.Equal("gzip", response.Line("Content-Encoding"));
    }

    [Fact, Row("B2")]
    public async Task Only_navigations_request_other_codings_than_the_client()
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        (string, string)[] coded = [("Accept-Encoding", "gzip, deflate, br, zstd"), ("Available-Dictionary", ":x:"), ("Dictionary-ID", "\"y\"")];
        await gateway.GetAsync("/", [.. Requests.Navigation, .. coded]);
        await gateway.GetAsync("/", [.. Requests.PlainNavigation, .. coded]);
        await gateway.GetAsync("/", [.. Requests.Image, .. coded]);
        await gateway.GetAsync("/", [.. Requests.ByScript, .. coded]);
        const string Untouched = "gzip, deflate, br, zstd :x: \"y\"";
        Assert.Equal(
            ["gzip, br  ", "gzip, br  ", Untouched, Untouched],
            gateway.Received.Select(request => string.Join(' ', coded.Select(header => request.Headers[header.Item1].ToString()))));
    }

    [Fact]
    public async Task A_client_that_accepts_no_coding_gets_none()
    {
        await using var gateway = await StartAsync(Encoding.UTF8.GetBytes(Requests.Html));
        await gateway.GetAsync("/", Requests.ByScript);
        Assert.DoesNotContain("Accept-Encoding", gateway.Received[0].Headers.Keys);
    }

    private static byte[] Compress(string coding, string text)
    {
        var to = new MemoryStream();
        using (Stream stream = coding switch
        {
            "deflate" => new ZLibStream(to, CompressionLevel.Optimal),
            "raw deflate" => new DeflateStream(to, CompressionLevel.Optimal),
            "br" => new BrotliStream(to, CompressionLevel.Optimal),
            _ => new GZipStream(to, CompressionLevel.Optimal),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return to.ToArray();
    }
}
