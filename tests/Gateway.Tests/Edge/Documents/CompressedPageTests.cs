using System.IO.Compression;
using System.Text;
using Gateway.Edge;
using Gateway.Edge.Documents;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Pages of backends that compress: spliced, or requested uncompressed and compressed by the gateway.</summary>
public class CompressedPageTests
{
    private static readonly (string, string)[] Browser = [.. Requests.Navigation, ("Accept-Encoding", "gzip, deflate, br, zstd")];

    private const string Plain = "<!doctype html><html lang=en><head><title>t</title></head><body>hello</body></html>";

    private const string Commented = "<!-- no splice --><html><head><title>t</title></head><body>hello</body></html>";

    [Fact, Row("A1", "B1")]
    public async Task A_gzip_page_is_spliced_and_its_length_is_exact()
    {
        await using var gateway = await StartAsync(_ => Plain);
        var response = await gateway.GetAsync("/", Browser);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("gzip", body.Length), (response.Line("Content-Encoding"), (int)response.SaidLength()!));
        Assert.Equal("<!doctype html><html lang=en><head>" + PageInjectionTests.LineOf(gateway) + Plain, Encoding.ASCII.GetString(Coded.Check(body)));
        Assert.Equal("gzip, br", gateway.Received[0].Headers.AcceptEncoding);
    }

    [Theory]
    [InlineData("identity;q=1, *;q=0", "identity")]
    [InlineData("gzip;q=0, br", "br")]
    [InlineData("br", "br")]
    public async Task A_client_that_does_not_accept_gzip_gets_an_uncompressed_page(string accepted, string asked)
    {
        await using var gateway = await StartAsync(_ => Plain);
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Accept-Encoding", accepted)]);
        Assert.Null(response.Line("Content-Encoding"));
        Assert.Equal(asked, gateway.Received[0].Headers.AcceptEncoding);
        Assert.Contains(PageInjectionTests.LineOf(gateway), await response.BytesAsync());
    }

    [Fact, Row("B1", "B2", "H7")]
    public async Task A_page_that_cannot_be_spliced_is_decoded_once_then_requested_uncompressed_and_compressed_by_the_gateway()
    {
        await using var gateway = await StartAsync(_ => Commented);
        var expected = Commented.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal);

        var first = await gateway.GetAsync("/news/1", Browser);
        Assert.Equal("gzip", first.Line("Content-Encoding"));
        Assert.Equal(expected, Encoding.ASCII.GetString(Coded.Check(await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))));

        var second = await gateway.GetAsync("/news/2?q", Browser);
        Assert.Equal("gzip", second.Line("Content-Encoding"));
        Assert.Equal(expected, Encoding.ASCII.GetString(Coded.Check(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))));
        Assert.Contains("Accept-Encoding", second.Lines("Vary"));

        var third = await gateway.GetAsync("/news/3", Requests.Navigation);
        Assert.Null(third.Line("Content-Encoding"));
        Assert.Equal(expected, await third.BytesAsync());

        await gateway.GetAsync("/other/", Browser);
        Assert.Equal(["gzip, br", "identity", "identity", "gzip, br"], gateway.Received.Select(request => request.Headers.AcceptEncoding.ToString()));
    }

    [Fact, Row("B11", "C3")]
    public async Task Each_piece_of_a_page_compressed_by_the_gateway_arrives_before_the_next_is_sent()
    {
        var sent = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            var isGzip = context.Request.Headers.AcceptEncoding == "gzip, br";
            context.Response.ContentType = "text/html; charset=utf-8";
            if (isGzip)
            {
                context.Response.Headers.ContentEncoding = "gzip";
                await context.Response.Body.WriteAsync(Coded.Encode("gzip", Encoding.ASCII.GetBytes(Commented)));
                return;
            }

            await context.Response.WriteAsync("<!-- c --><html><head><title>one</title>");
            await sent.WaitAsync(TestContext.Current.CancellationToken);
            await context.Response.WriteAsync("two");
        });
        await gateway.GetAsync("/", Browser);

        var request = Requests.To(gateway.Url, HttpMethod.Get, Browser);
        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("gzip", response.Line("Content-Encoding"));
        await using var page = new GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        var text = "";
        var buffer = new byte[1000];
        while (!text.EndsWith("</title>", StringComparison.Ordinal))
            text += Encoding.ASCII.GetString(buffer, 0, await page.ReadAsync(buffer, TestContext.Current.CancellationToken));
        sent.Release();
        Assert.Equal(3, await page.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact, Row("B9", "F10")]
    public async Task A_page_with_no_transform_is_not_compressed()
    {
        await using var gateway = await StartAsync(_ => Commented, path => path == "/final" ? "no-transform" : null);
        await gateway.GetAsync("/", Browser);
        var response = await gateway.GetAsync("/final", Browser);
        Assert.Null(response.Line("Content-Encoding"));
        Assert.Equal(Commented, await response.BytesAsync());
    }

    [Fact, Row("B9")]
    public async Task A_page_that_the_backend_sends_uncompressed_is_not_compressed()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Commented);
        });
        for (var visit = 0; visit < 3; visit++)
            Assert.Null((await gateway.GetAsync("/", Browser)).Line("Content-Encoding"));
        Assert.All(gateway.Received, request => Assert.Equal("gzip, br", request.Headers.AcceptEncoding));
    }

    /// <summary>The codings that the backend has, in its order of preference; <c>!</c> where it does not read the request.</summary>
    [Theory, Row("B2", "B10")]
    [InlineData("br", "gzip, deflate, br, zstd", "br")]
    [InlineData("br", "gzip", null)]
    [InlineData("br,gzip", "gzip, br", "br")]
    [InlineData("gzip,br", "gzip, br", "gzip")]
    [InlineData("gzip", "gzip, deflate, br, zstd", "gzip")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("!br", "gzip, deflate, br", "br")]
    [InlineData("!br", "gzip", "gzip")]
    [InlineData("!br", "identity", null)]
    [InlineData("!deflate", "gzip, deflate, br", "br")]
    public async Task A_page_is_about_as_small_as_without_the_gateway(string backend, string accepted, string? expected)
    {
        var words = "the town library opens at nine and closes when the last reader has gone home".Split(' ');
        foreach (var start in new[] { "<!doctype html><html><head>", "<!-- no splice --><html><head>" })
        {
            var page = start + string.Concat(new Random(1).GetItems(words, 20_000).Select((word, at) => $"<p id=p{at % 97}>{word}</p>\n"));
            var sizes = new List<int>();
            await using var gateway = await TestGateway.StartAsync(async context =>
            {
                var asked = context.Request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries);
                var coding = backend.TrimStart('!').Split(',').FirstOrDefault(name => backend[0] == '!' || asked.Contains(name));
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.Headers.ContentEncoding = coding;
                var body = coding is null ? Encoding.ASCII.GetBytes(page) : Coded.Encode(coding, Encoding.ASCII.GetBytes(page));
                sizes.Add(body.Length);
                await context.Response.Body.WriteAsync(body);
            });
            for (var visit = 0; visit < 2; visit++)
            {
                var response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Accept-Encoding", accepted)]);
                Assert.Equal(expected, response.Line("Content-Encoding"));
                var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                Assert.InRange(body.Length, 1, expected is null ? page.Length * 1.1 : sizes[0] * 1.1 * (accepted == "gzip" ? 1.3 : 1));
                Assert.Contains(PageInjectionTests.LineOf(gateway), Decoded(expected, body), StringComparison.Ordinal);
            }
        }
    }

    private static string Decoded(string? coding, byte[] body)
    {
        using Stream decoder = coding switch
        {
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        };
        using var reader = new StreamReader(decoder, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [Fact, Row("B11", "C3")]
    public async Task Each_piece_of_a_page_compressed_again_arrives_before_the_next_is_sent()
    {
        var next = new SemaphoreSlim(0);
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentEncoding = "br";
            await using var coder = new BrotliStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            foreach (var piece in new[] { "<!doctype html><html><head><title>one</title>", "two", "three" })
            {
                await coder.WriteAsync(Encoding.ASCII.GetBytes(piece));
                await coder.FlushAsync();
                await next.WaitAsync(context.RequestAborted);
            }
        });
        var response = await gateway.Client.SendAsync(Requests.To(gateway.Url, HttpMethod.Get, Browser), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var page = new BrotliStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        var text = "";
        var buffer = new byte[1000];
        foreach (var end in new[] { "</title>", "two", "three" })
        {
            while (!text.EndsWith(end, StringComparison.Ordinal))
                text += Encoding.ASCII.GetString(buffer, 0, await page.ReadAsync(buffer, TestContext.Current.CancellationToken));
            next.Release();
        }

        Assert.Equal(0, await page.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Thousands_of_invented_folders_do_not_exhaust_the_memory()
    {
        await using var gateway = await StartAsync(_ => Commented);
        using var routes = new RouteHints(gateway.Services.GetRequiredService<ILogger<RouteHints>>(), gateway.Time);
        var site = gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];
        for (var folder = 0; folder < 20_000; folder++)
            routes.AskForPlain(site, $"/{folder}/{new string('x', 4_000)}/page");
        Assert.InRange(routes.Count, 1, 4_096);
    }

    /// <summary>A backend that compresses where the request accepts it.</summary>
    private static Task<TestGateway> StartAsync(Func<string, string> page, Func<string, string?>? cacheControl = null) => TestGateway.StartAsync(async context =>
    {
        var path = context.Request.Path.Value!;
        var body = Encoding.ASCII.GetBytes(page(path));
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            body = Coded.Encode("gzip", body);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = cacheControl?.Invoke(path);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    });
}
