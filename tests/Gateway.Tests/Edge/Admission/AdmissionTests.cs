using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Edge.Admission;
using Gateway.Edge.Endpoints;
using Gateway.Tests.Attacks;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Admission;

/// <summary>Which connections and requests are admitted, which are not, and what ends by itself.</summary>
public class AdmissionTests
{
    private static readonly MemoryLimits Small = MemoryLimits.For(2 * 1024 * 1024);

    private static Task AnswerAsync(HttpContext context) => context.Response.WriteAsync("the site");

    private static async Task<string> AskAsync(NetworkStream stream, string request)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var answer = new StringBuilder();

        // Not to the end: Kestrel waits for the rest of a body for five seconds before it closes the connection.
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.EndsWith("time.", StringComparison.Ordinal))
            answer.AppendLine(line);
        return answer.ToString();
    }

    [Theory]
    [InlineData("choice")]
    [InlineData("refused")]
    public async Task A_body_for_the_gateway_that_does_not_arrive_is_answered_with_408(string endpoint)
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var answer = await gateway.AdvanceUntilAsync(AskAsync(
            socket.GetStream(),
            $"POST /_choices/{endpoint} HTTP/1.1\nHost: localhost\nSec-Fetch-Site: same-origin\nContent-Type: application/json\nContent-Length: 100\n\n{{"));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_of_the_site_takes_as_long_as_it_takes()
    {
        await using var gateway = await TestGateway.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsl"u8.ToArray(), TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => gateway.Received.Count == 1);
        gateway.Time.Advance(GatewayPost.BodyTimeout * 4);
        Assert.EndsWith("slow", (await AskAsync(stream, "ow")).TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_HTTP2_head_is_ended_after_half_a_minute()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, config: TestCertificate.AlsoTls);
        await using var running = RunningAttack.Start(Attack.All.Single(attack => attack.Name == "h2 heads"), gateway.TlsUrl.Port, 1);
        await Eventually.IsTrueAsync(() =>
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(1));
            return running is { Opened: 1, Open: 0 };
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_head_of_a_hundred_kilobytes_is_accepted_while_there_is_memory(bool isHttp2)
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, config: TestCertificate.AlsoTls, limits: Small);
        var client = isHttp2 ? gateway.Http2 : gateway.Client;
        for (var time = 0; time < 20; time++)
        {
            var request = Requests.To(client.BaseAddress!, HttpMethod.Get, ("Cookie", "unlisted=" + new string('x', 100_000)));
            (await client.SendAsync(request, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.OK);
        }

        Assert.Equal(20, gateway.Received.Count);
    }

    [Fact]
    public async Task The_connections_of_a_trusted_proxy_are_not_ended()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, config: config => config with { TrustedProxies = ["127.0.0.0/8"] }, limits: Small);
        await using var proxy = RunningAttack.Start(Attack.All.Single(attack => attack.Name == "http idle"), gateway.Url.Port, 100);
        await Eventually.IsTrueAsync(() => proxy.Tried == 100);
        (await gateway.GetAsync("/", ("X-Forwarded-For", "192.0.2.1"))).Answers(HttpStatusCode.OK);
        Assert.Equal(100, proxy.Open);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_client_that_it_names_loses_its_own_requests_alone()
    {
        await using var gateway = await TestGateway.StartAsync(
            context => context.Request.Path == "/wait" ? Task.Delay(Timeout.Infinite, context.RequestAborted) : AnswerAsync(context),
            config: config => config with { TrustedProxies = ["127.0.0.1"] },
            limits: Small);
        using var proxy = new HttpClient { BaseAddress = gateway.Url, Timeout = Eventually.Limit };
        Task<HttpResponseMessage> Ask(string path, string client) =>
            proxy.SendAsync(Requests.To(new Uri(gateway.Url, path), HttpMethod.Get, ("X-Forwarded-For", client)), TestContext.Current.CancellationToken);

        var modest = Ask("/wait", "192.0.2.1");
        await Eventually.IsTrueAsync(() => gateway.Received.Count == 1);
        var greedy = Enumerable.Range(0, 50).Select(_ => Ask("/wait", "192.0.2.2")).ToList();
        await Eventually.IsTrueAsync(async () =>
        {
            (await Ask("/", "192.0.2.3")).Answers(HttpStatusCode.OK);
            return greedy.Any(request => request.IsFaulted);
        });
        Assert.False(modest.IsCompleted);
    }
}
