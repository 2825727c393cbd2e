using System.IO.Compression;
using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The script and the style sheet are served under a hash of their bytes. Pages with an older hash get the current file.</summary>
public sealed class ScriptFileTests(PagesFixture fixture) : IClassFixture<PagesFixture>
{
    private const string Immutable = "public, max-age=31536000, immutable";

    private async Task<HttpResponseMessage> GetAsync(string path, string? accepting = null, HttpMethod? method = null)
    {
        var browser = fixture.Pages.Browser();
        var request = Requests.To(new Uri(browser.BaseAddress!, path), method ?? HttpMethod.Get, accepting is null ? [] : [("Accept-Encoding", accepting)]);
        return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> PathAsync(string extension)
    {
        // Any hash gets the current file. Its own hash is in the pages.
        var page = await (await GetAsync("/_choices/")).BytesAsync();
        return extension == ".css"
            ? System.Text.RegularExpressions.Regex.Match(page, "/_choices/[0-9a-f]{16}\\.css").Value
            : TestSites.Compiled(TestSites.Library("http://127.0.0.1:9") with { Hosts = ["localhost", "www.example.org"] }).Script.Path;
    }

    [Theory]
    [InlineData(".js", "text/javascript; charset=utf-8")]
    [InlineData(".css", "text/css; charset=utf-8")]
    public async Task The_current_script_and_style_sheet_are_immutable(string extension, string type)
    {
        var response = await GetAsync(await PathAsync(extension));
        response.Answers(HttpStatusCode.OK);
        Assert.Equal(Immutable, response.Line("Cache-Control"));
        Assert.Equal(type, response.Line("Content-Type"));
        Assert.Equal("nosniff", response.Line("X-Content-Type-Options"));
        Assert.Equal("same-origin", response.Line("Cross-Origin-Resource-Policy"));
        Assert.Equal("Accept-Encoding", response.Line("Vary"));
        Assert.Empty(response.SetCookies());
        Assert.Equal((await response.BytesAsync()).Length, response.SaidLength());
    }

    [Theory]
    [InlineData("/_choices/0123456789abcdef.js")]
    [InlineData("/_choices/0123456789abcdef0123456789abcdef.js")]
    [InlineData("/_choices/0123456789abcdef.css")]
    public async Task An_unknown_hash_gets_the_current_file_uncached(string path)
    {
        var response = await GetAsync(path);
        response.Answers(HttpStatusCode.OK);
        Assert.Equal("no-store", response.Line("Cache-Control"));
        Assert.Equal(await (await GetAsync(await PathAsync(Path.GetExtension(path)))).BytesAsync(), await response.BytesAsync());
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0", "gzip")]
    [InlineData("deflate, zstd", null)]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task The_script_is_sent_in_a_coding_that_the_client_accepts(string? accepting, string? coding)
    {
        var response = await GetAsync(await PathAsync(".js"), accepting);
        Assert.Equal(coding, response.Line("Content-Encoding"));
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body.Length, response.SaidLength());
        var decoded = new MemoryStream();
        using (Stream stream = coding switch
        {
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        })
        {
            await stream.CopyToAsync(decoded, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await (await GetAsync(await PathAsync(".js"))).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), decoded.ToArray());
    }

    [Fact]
    public async Task A_HEAD_request_for_the_script_gets_its_length_and_no_body()
    {
        var response = await GetAsync(await PathAsync(".js"), method: HttpMethod.Head);
        Assert.Equal((await (await GetAsync(await PathAsync(".js"))).BytesAsync()).Length, response.SaidLength());
        Assert.Equal("", await response.BytesAsync());
    }

    [Theory, Requirement(40)]
    [InlineData("/_choices/")]
    [InlineData("/_choices/policy")]
    public async Task The_gateways_pages_cannot_be_framed_and_run_no_scripts(string path)
    {
        var response = await GetAsync(path);
        var policy = response.Line("Content-Security-Policy")!.Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain(policy, directive => directive.StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", await response.BytesAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(response.SetCookies());
    }

    [Fact, Requirement(40)]
    public async Task The_policy_page_states_its_version_and_date()
    {
        var response = await GetAsync("/_choices/policy");
        response.Answers(HttpStatusCode.OK);
        Assert.Equal("Sun, 01 Nov 2026 00:00:00 GMT", response.Line("Last-Modified"));
        Assert.Matches("Version [0-9a-f]{12}, 1 November 2026[.]", await response.BytesAsync());
    }
}
