using System.Net;
using System.Text;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>A body that breaks off keeps what has arrived: the client gets every byte of it, and then sees that the rest is missing.</summary>
public class BrokenResponsesTests
{
    private const string Short = "<!doctype html><html><head><meta charset=utf-8><title>A short page</title></head><p>Text";

    private static readonly string Long = Short + string.Concat(Enumerable.Range(0, 40_000));

    public static TheoryData<string, string, string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string, bool>();
            foreach (var version in new[] { "1.1", "2.0" })
            {
                foreach (var (framing, type) in new[] { ("length", "text/html"), ("chunks", "text/html"), ("length", "application/zip"), ("chunks", "text/plain") })
                {
                    data.Add(version, framing, type, false);
                    data.Add(version, framing, type, true);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Cases)), Row("A8")]
    public async Task Every_byte_that_arrived_reaches_the_client_before_the_body_breaks_off(string version, string framing, string type, bool isReset)
    {
        foreach (var page in new[] { Short, Long })
        {
            await using var backend = RawBackend.Start((_, stream) => BreakOffAsync(stream, Head(framing, type, page.Length + 20) + Framed(framing, page), isReset));
            await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())], TestCertificate.AlsoTls);
            var (body, end) = version == "2.0" ? await RawHttp2.ReadAsync(gateway.TlsUrl, ("sec-fetch-dest", "document")) : await ReadAsync(gateway.Client);
            Assert.NotEqual("", end);

            // A reset discards what the backend has sent and the gateway has not read.
            var expected = type == "text/html" ? page.Replace("<head>", "<head>" + PageInjectionTests.LineOf(gateway), StringComparison.Ordinal) : page;
            if (!isReset)
                Assert.Equal(expected, body);
            else
                Assert.StartsWith(body, expected, StringComparison.Ordinal);
        }
    }

    /// <remarks>The end of the connection is not a reset, which would discard the bytes that a browser has not read yet.</remarks>
    [Theory, Row("A8")]
    [InlineData(1)]
    [InlineData(4_000_000)]
    public async Task An_HTTP_1_1_connection_ends_without_a_reset_after_the_last_byte(int length)
    {
        await using var backend = RawBackend.Start(_ => Head("length", "application/octet-stream", length + 1) + new string('x', length));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var answer = await gateway.RawAsync("GET / HTTP/1.1\nHost: localhost\n\n");
        Assert.Contains($"\r\nContent-Length: {length + 1}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(length, answer.Length - answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4);
    }

    [Theory, Row("A8")]
    [InlineData("<!doctype html><!-- unfinished", false)]
    [InlineData("<!doctype html><html><head>", true)]
    [InlineData("<!doc", false)]
    public async Task A_page_that_breaks_off_in_its_prologue_arrives_as_far_as_it_came(string start, bool hasLine)
    {
        await using var backend = RawBackend.Start(_ => Head("length", "text/html", 5000) + start);
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var (body, end) = await ReadAsync(gateway.Client);
        Assert.Equal(start + (hasLine ? PageInjectionTests.LineOf(gateway) : ""), body);
        Assert.NotEqual("", end);
    }

    [Theory, Row("A8")]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "identity")]
    public async Task A_coded_page_that_breaks_off_arrives_as_far_as_it_can_be_decoded(string coding, string accepted)
    {
        var coded = Encoding.Latin1.GetString(Coded.Encode(coding, Encoding.ASCII.GetBytes(Long)));
        await using var backend = RawBackend.Start(_ =>
            $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\nContent-Length: {coded.Length}\r\n\r\n{coded[..^500]}");
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        var (body, end) = await ReadAsync(gateway.Client, ("Accept-Encoding", accepted));
        Assert.NotEqual("", end);
        if (accepted == "gzip")
            Assert.EndsWith(coded[^600..^500], body, StringComparison.Ordinal);
        else
            Assert.StartsWith(body[..27] + body[(27 + PageInjectionTests.LineOf(gateway).Length)..], Long, StringComparison.Ordinal);
    }

    private static async Task<(string Body, string End)> ReadAsync(HttpClient client, params (string, string)[] headers)
    {
        var response = await client.SendAsync(
            Requests.To(client.BaseAddress!, HttpMethod.Get, [.. Requests.Navigation, .. headers]), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Answers(HttpStatusCode.OK);
        var body = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(body, TestContext.Current.CancellationToken);
            return (Encoding.Latin1.GetString(body.ToArray()), "");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return (Encoding.Latin1.GetString(body.ToArray()), broken.Message);
        }
    }

    private static async Task BreakOffAsync(System.Net.Sockets.NetworkStream stream, string bytes, bool isReset)
    {
        await RawBackend.WriteAsync(stream, bytes);
        if (isReset)
            stream.Socket.Close(0);
    }

    private static string Head(string framing, string type, int length) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{(framing == "length" ? $"Content-Length: {length}" : "Transfer-Encoding: chunked")}\r\n\r\n";

    private static string Framed(string framing, string page) => framing == "length" ? page : $"{page.Length:x}\r\n{page}\r\n";
}
