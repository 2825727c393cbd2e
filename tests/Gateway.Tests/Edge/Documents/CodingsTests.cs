using System.IO.Compression;
using System.Text;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Navigations to pages in every coding: pages that the gateway can decode get the line, the others pass unchanged.</summary>
public class CodingsTests
{
    private static readonly (string, string)[] Browser = [.. Requests.Navigation, ("Accept-Encoding", "gzip, deflate, br, zstd")];

    [Theory, Row("B1", "B6", "G15")]
    [InlineData("identity", true)]
    [InlineData("gzip", true)]
    [InlineData("x-gzip", true)]
    [InlineData("deflate", false)]
    [InlineData(Coded.RawDeflate, false)]
    [InlineData("br", false)]
    public async Task A_page_in_a_known_coding_gets_the_line(string coding, bool staysCoded)
    {
        var name = coding.Split(' ')[^1];
        await using var gateway = await StartAsync(
            Coded.Encode(coding, Encoding.ASCII.GetBytes(Requests.Html)),
            ("Content-Encoding", name), ("Content-MD5", "a"), ("Digest", "b"), ("Content-Digest", "c"), ("Repr-Digest", "d"), ("Use-As-Dictionary", "match=\"/*\""));
        var response = await gateway.GetAsync("/", Browser);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(staysCoded ? name : "br", response.Line("Content-Encoding"));
        var page = Encoding.ASCII.GetString(!staysCoded ? Brotli(body) : coding != "identity" ? Coded.Check(body) : body);
        var line = "<head>" + PageInjectionTests.LineOf(gateway);
        Assert.Equal(Requests.Html, page.Replace("<!doctype html><html>" + line + "<!doctype", "<!doctype", StringComparison.Ordinal).Replace(line, "<head>", StringComparison.Ordinal));
        Assert.Contains(line, page, StringComparison.Ordinal);
        foreach (var stale in new[] { "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Use-As-Dictionary" })
            Assert.Empty(response.Lines(stale));
    }

    /// <remarks>Old scripts compress regardless of the request; this client accepts no coding.</remarks>
    [Theory, Row("B4", "B5")]
    [MemberData(nameof(Coded.Flaws), MemberType = typeof(Coded))]
    public async Task A_damaged_page_in_a_coding_that_was_not_requested_is_decoded_as_browsers_do(string coding, string flaw)
    {
        var letters = Encoding.ASCII.GetString(new Random(1).GetItems("abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray(), 6_000));
        var page = $"<!doctype html><html><head><title>t</title></head><body>{letters}";
        var coded = Encoding.Latin1.GetString(Coded.Encode(coding, Encoding.ASCII.GetBytes(page), flaw));
        await using var backend = RawBackend.Start(_ => RawBackend.Response(
            "200 OK", ["Content-Type: text/html; charset=utf-8", $"Content-Encoding: {coding.Split(' ')[^1]}", "ETag: \"1\""], coded));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        using var counted = new CountedPages(gateway);
        var response = await gateway.NavigateAsync("/");
        var shown = await response.BytesAsync();
        Assert.Equal((null, null), (response.Line("Content-Encoding"), response.Line("Content-Length")));
        var extended = page.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal);
        Assert.InRange(shown.Length, flaw == "data cut" ? 2_000 : extended.Length, extended.Length);
        Assert.StartsWith(shown, extended, StringComparison.Ordinal);
        Assert.Equal("identity", backend.Received.Single()["Accept-Encoding"]);
        Assert.Equal(["injected"], counted.Results);
    }

    [Theory, Row("B3", "B7")]
    [InlineData("zstd")]
    [InlineData("dcb")]
    [InlineData("dcz")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_page_in_an_unknown_or_wrongly_declared_coding_passes_unchanged_and_is_counted(string coding)
    {
        await using var gateway = await StartAsync(Encoding.ASCII.GetBytes(Requests.Html), ("Content-Encoding", coding), ("ETag", "\"1\""), ("Digest", "b"));
        using var counted = new CountedPages(gateway);
        var response = await gateway.GetAsync("/", Browser);
        Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.Equal((coding, "\"1\"", "b"), (response.Line("Content-Encoding"), response.Line("ETag"), response.Line("Digest")));
        Assert.Equal(Requests.Html.Length, response.SaidLength());
        Assert.Equal(["coding"], counted.Results);
    }

    [Fact, Row("B7")]
    public async Task Compressed_bytes_without_a_Content_Encoding_pass_unchanged()
    {
        var coded = Coded.Encode("gzip", Encoding.ASCII.GetBytes(Requests.Html));
        await using var gateway = await StartAsync(coded);
        Assert.Equal(coded, await (await gateway.GetAsync("/", Browser)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory, Row("B8")]
    [InlineData("gzip", true)]
    [InlineData("gzip", false)]
    [InlineData("br", true)]
    [InlineData("br", false)]
    [InlineData("deflate", false)]
    public async Task An_empty_body_with_a_Content_Encoding_stays_empty(string coding, bool saysLength)
    {
        await using var backend = RawBackend.Start(_ =>
            $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n"
            + (saysLength ? "Content-Length: 0\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var response = await gateway.GetAsync("/", Browser);
        Assert.Equal(("", coding), (await response.BytesAsync(), response.Line("Content-Encoding")));
    }

    [Fact, Row("B10", "H7")]
    public async Task A_page_compressed_by_the_gateway_is_about_as_small_and_has_one_Vary_member_for_it()
    {
        var words = "the town library opens at nine and closes when the last reader has gone home".Split(' ');
        var page = Encoding.ASCII.GetBytes("<!-- no splice --><html><head>" + string.Concat(new Random(1).GetItems(words, 6_000).Select(word => $"<p>{word}</p>\n")));
        var coded = Coded.Encode("gzip", page);
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            var isGzip = context.Request.Headers.AcceptEncoding == "gzip, br";
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.Vary = "Accept-Encoding";
            context.Response.Headers.ContentEncoding = isGzip ? "gzip" : default;
            await context.Response.Body.WriteAsync(isGzip ? coded : page);
        });
        await gateway.GetAsync("/", Browser);
        var response = await gateway.GetAsync("/", Browser);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("gzip", "identity"), (response.Line("Content-Encoding"), gateway.Received[^1].Headers.AcceptEncoding.ToString()));
        Assert.InRange(body.Length, 1, coded.Length * 1.15);
        Assert.Single(string.Join(',', response.Lines("Vary")).Split(','), name => name.Trim().Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase));
    }

    private static byte[] Brotli(byte[] body)
    {
        var page = new MemoryStream();
        using var decoder = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        decoder.CopyTo(page);
        return page.ToArray();
    }

    private static Task<TestGateway> StartAsync(byte[] body, params (string Name, string Value)[] headers) => TestGateway.StartAsync(async context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(body);
    });
}
