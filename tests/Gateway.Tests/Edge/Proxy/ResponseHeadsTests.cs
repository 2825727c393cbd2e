using System.Text;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>The head of a response is sent when it has arrived: <c>fetch()</c> resolves, a download appears.</summary>
public class ResponseHeadsTests
{
    public static TheoryData<string, string> Heads => new()
    {
        { "1.1", "application/x-ndjson" },
        { "1.1", "application/octet-stream" },
        { "1.1", "text/event-stream" },
        { "2.0", "application/zip" },
        { "2.0", "text/html" },
        { "1.1", "text/html" },
        { "1.1", "" },
    };

    [Theory, MemberData(nameof(Heads)), Row("C1", "C2")]
    public async Task The_head_of_a_response_arrives_before_its_body(string version, string type)
    {
        var next = new TaskCompletionSource();
        await using var gateway = await StartAsync(next.Task, "body", type);
        var response = await OpenAsync(gateway, version == "2.0" ? gateway.Http2 : gateway.Client, Requests.ByScript).WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        next.SetResult();
        Assert.Equal("body", await response.BytesAsync());
    }

    [Theory, Row("C1", "A2")]
    [InlineData("application/pdf", "")]
    [InlineData("application/xhtml+xml", "")]
    [InlineData("text/html", "Cache-Control: no-transform")]
    [InlineData("text/html", "Content-Security-Policy: script-src 'strict-dynamic'")]
    public async Task The_head_of_what_is_no_page_to_extend_arrives_before_its_body_in_a_navigation(string type, string header)
    {
        var next = new TaskCompletionSource();
        await using var gateway = await StartAsync(next.Task, Requests.Html, type, header);
        var response = await OpenAsync(gateway, gateway.Client, Requests.Navigation).WaitAsync(Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.Equal("\"1\"", response.Line("ETag"));
        next.SetResult();
        Assert.Equal(Requests.Html, await response.BytesAsync());
    }

    /// <remarks>The head of a page is sent before it is known whether the page gets the line, and is correct in both cases.</remarks>
    [Theory, Row("C1", "A2", "C8")]
    [InlineData("1.1", Requests.Html)]
    [InlineData("2.0", Requests.Html)]
    [InlineData("1.1", "{\"json\":1}")]
    public async Task The_head_of_a_page_arrives_after_50_milliseconds_without_a_body(string version, string body)
    {
        var next = new TaskCompletionSource();
        await using var gateway = await StartAsync(next.Task, body, "text/html; charset=utf-8", "Accept-Ranges: bytes");
        var opening = OpenAsync(gateway, version == "2.0" ? gateway.Http2 : gateway.Client, Requests.Navigation);
        await Eventually.IsTrueAsync(() => gateway.Received.Count == 1);
        Assert.False(opening.IsCompleted);
        var response = await gateway.AdvanceUntilAsync(opening);
        Assert.Null(response.SaidLength());
        Assert.StartsWith("W/\"1", response.Line("ETag"), StringComparison.Ordinal);
        Assert.Null(response.Line("Accept-Ranges"));
        gateway.Time.Advance(TimeSpan.FromHours(1));
        next.SetResult();
        Assert.Equal(body.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal), await response.BytesAsync());
    }

    [Fact, Row("A8")]
    public async Task A_page_that_breaks_off_after_its_head_was_sent_is_seen_as_broken()
    {
        var end = new TaskCompletionSource();
        await using var backend = RawBackend.Start(async (_, stream) =>
        {
            await RawBackend.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n");
            await end.Task;
        });
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var response = await gateway.AdvanceUntilAsync(OpenAsync(gateway, gateway.Client, Requests.Navigation));
        end.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.BytesAsync());
    }

    private static Task<TestGateway> StartAsync(Task next, string body, string type, string header = "") => TestGateway.StartAsync(
        async context =>
        {
            if (type.Length > 0)
                context.Response.ContentType = type;
            if (header.Split(": ") is [var name, var value])
                context.Response.Headers[name] = value;
            context.Response.Headers.ETag = "\"1\"";
            context.Response.ContentLength = Encoding.ASCII.GetByteCount(body);
            await context.Response.Body.FlushAsync();
            await next;
            await context.Response.WriteAsync(body);
        },
        config: TestCertificate.AlsoTls);

    private static Task<HttpResponseMessage> OpenAsync(TestGateway gateway, HttpClient client, (string, string)[] headers) =>
        client.SendAsync(Requests.To(client.BaseAddress!, HttpMethod.Get, headers), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
}
