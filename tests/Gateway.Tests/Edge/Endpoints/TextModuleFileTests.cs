using System.IO.Compression;
using System.Net;
using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The text modules that the script imports are served like the script, but an unknown hash gets a 404.</summary>
public sealed class TextModuleFileTests
{
    private static readonly string Hash = TestSites.Compiled(TestSites.InThreeLanguages(TestSites.Library("http://127.0.0.1:9"))).Script.Modules.Texts["de"].Hash;

    [Fact]
    public async Task Text_modules_are_immutable()
    {
        var response = await GetAsync($"/_choices/{Hash}.mjs");
        response.Answers(HttpStatusCode.OK);
        Assert.Equal("public, max-age=31536000, immutable", response.Line("Cache-Control"));
        Assert.Equal("text/javascript; charset=utf-8", response.Line("Content-Type"));
        Assert.Equal("nosniff", response.Line("X-Content-Type-Options"));
        Assert.Equal("same-origin", response.Line("Cross-Origin-Resource-Policy"));
        Assert.Equal("Accept-Encoding", response.Line("Vary"));
        Assert.Empty(response.SetCookies());
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body.Length, response.SaidLength());
        Assert.StartsWith("export default {", Encoding.UTF8.GetString(body));
        Assert.Contains("\"Alle ablehnen\"", Encoding.UTF8.GetString(body));
        Assert.Equal(Hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))[..16]);
    }

    [Fact]
    public async Task Text_modules_are_compressed()
    {
        var response = await GetAsync($"/_choices/{Hash}.mjs", "gzip, br");
        Assert.Equal("br", response.Line("Content-Encoding"));
        using var text = new StreamReader(new BrotliStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress));
        Assert.Contains("\"Alle ablehnen\"", await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Texts are stored by position, so another version of the script would show the wrong ones.</summary>
    [Theory]
    [InlineData("/_choices/0123456789abcdef.mjs")]
    [InlineData("/_choices/.mjs")]
    [InlineData("/_choices/a/{hash}.mjs")]
    [InlineData("/_choices/{hash}0.mjs")]
    [InlineData("/_choices/{script}.mjs")]
    public async Task A_text_module_with_an_unknown_hash_gets_404(string path)
    {
        var script = TestSites.Compiled(TestSites.InThreeLanguages(TestSites.Library("http://127.0.0.1:9"))).Script.Hash;
        var response = await GetAsync(path.Replace("{hash}", Hash, StringComparison.Ordinal).Replace("{script}", script, StringComparison.Ordinal));
        response.Answers(HttpStatusCode.NotFound);
        Assert.Equal("no-store", response.Line("Cache-Control"));
    }

    private static async Task<HttpResponseMessage> GetAsync(string path, string? accepting = null)
    {
        await using var pages = new PagesFactory(TestSites.InThreeLanguages);
        var request = Requests.To(new Uri("http://localhost" + path), HttpMethod.Get, accepting is null ? [] : [("Accept-Encoding", accepting)]);
        return await pages.Browser().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
