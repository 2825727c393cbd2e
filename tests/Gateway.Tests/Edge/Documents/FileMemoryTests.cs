using System.Net;
using Gateway.Edge;
using Gateway.Edge.Documents;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>A cached file that is opened in a tab can be revalidated. A cached page from before the gateway cannot.</summary>
public class FileMemoryTests
{
    private const string Modified = "Sun, 22 Nov 2026 10:00:00 GMT";

    [Theory, Row("H2", "F15")]
    [InlineData("\"file\"", null)]
    [InlineData("W/\"file\"", null)]
    [InlineData(null, Modified)]
    [InlineData("\"file\"", Modified)]
    public async Task A_cached_file_is_revalidated(string? tag, string? modified)
    {
        await using var gateway = await StartAsync(tag, modified);
        var first = await gateway.NavigateAsync("/report.pdf?id=7");
        Assert.Equal((tag, modified, "bytes"), (first.Line("ETag"), first.Line("Last-Modified"), first.Line("Accept-Ranges")));
        var again = await AskAsync(gateway, "/report.pdf?id=7", tag, modified);
        again.Answers(HttpStatusCode.NotModified);
        Assert.Equal((tag, null), (again.Line("ETag"), again.Line("Vary")));
        Assert.Equal("bytes=5-", gateway.Received[^1].Headers.Range);
    }

    [Fact, Row("H3")]
    public async Task A_response_that_is_not_known_to_be_a_file_is_sent_in_full()
    {
        await using var gateway = await StartAsync("\"file\"", Modified);
        (await AskAsync(gateway, "/report.pdf", "\"file\"", Modified)).Answers(HttpStatusCode.OK);
        await gateway.NavigateAsync("/page");
        (await AskAsync(gateway, "/page", "\"file\"", Modified)).Answers(HttpStatusCode.OK);
        await gateway.NavigateAsync("/report.pdf");
        (await AskAsync(gateway, "/report.pdf?other", "\"file\"", Modified)).Answers(HttpStatusCode.OK);
        (await AskAsync(gateway, "/report.pdf", "\"older\"", null)).Answers(HttpStatusCode.OK);
        Assert.Equal("", gateway.Received[^1].Headers.IfNoneMatch.ToString());
        (await AskAsync(gateway, "/report.pdf", "\"file\"", null)).Answers(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_number_of_remembered_files_is_limited()
    {
        await using var gateway = await StartAsync("\"file\"", null);
        using var files = new FileMemory(TimeProvider.System);
        var site = gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];
        for (var file = 0; file < 10_000; file++)
        {
            var context = new DefaultHttpContext();
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget = $"/{file}";
            context.Response.Headers.ETag = "\"1\"";
            files.Remember(site, context);
        }

        Assert.InRange(files.Count, 1, 4_096);
    }

    private static Task<HttpResponseMessage> AskAsync(TestGateway gateway, string path, string? tag, string? modified) => gateway.GetAsync(
        path,
        [
            .. Requests.Navigation, ("Range", "bytes=5-"),
            .. tag is null ? [] : new[] { ("If-None-Match", tag) },
            .. modified is null ? [] : new[] { ("If-Modified-Since", modified) },
        ]);

    private static Task<TestGateway> StartAsync(string? tag, string? modified) => TestGateway.StartAsync(context =>
    {
        var (sent, headers) = (context.Request.Headers, context.Response.Headers);
        (headers.ETag, headers.LastModified, headers.AcceptRanges) = (tag, modified, "bytes");
        if ((tag is not null && sent.IfNoneMatch == tag) || (tag is null && modified is not null && sent.IfModifiedSince == modified))
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        headers.ContentType = context.Request.Path == "/page" ? "text/html" : "application/pdf";
        return context.Response.WriteAsync(Requests.Html);
    });
}
