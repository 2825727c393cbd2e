using System.Net;
using System.Text;
using Gateway.Config;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>A changed configuration applies from the next request on, and does not affect requests that have started.</summary>
public class LiveSnapshotTests
{
    private static SiteConfig WithoutStatistics(SiteConfig site) => site with
    {
        Cookies = [.. site.Cookies.Where(entry => entry.Category != "statistics")],
        Categories = [.. site.Categories.Where(category => category.Id != "statistics")],
    };

    private static async Task SlowlyAsync(HttpContext context, Task end)
    {
        context.Response.Headers.SetCookie = "_ga=1";
        await context.Response.WriteAsync("begin ");
        await context.Response.Body.FlushAsync();
        if (context.Request.Path == "/slow")
            await end;
        await context.Response.WriteAsync("end");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_new_table_applies_to_the_next_request_while_a_slow_response_continues_with_the_old_one(string version)
    {
        var end = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(context => SlowlyAsync(context, end.Task), config: TestCertificate.AlsoTls);
        var client = version == "2.0" ? gateway.Http2 : gateway.Tls;
        var consent = await Flow.ChooseAsync(gateway, Flow.Accept);
        Task<HttpResponseMessage> AskAsync(string path) => client.SendAsync(
            Requests.To(new Uri(gateway.TlsUrl, path), HttpMethod.Get, [.. Requests.ByScript, ("Cookie", consent!)]),
            HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        var slow = await AskAsync("/slow");
        Assert.Equal(["_ga=1"], slow.SetCookies());
        await gateway.SwapAsync(WithoutStatistics);
        Assert.Empty((await AskAsync("/quick")).SetCookies());
        end.SetResult();
        Assert.Equal("begin end", await slow.BytesAsync());
        Assert.Empty((await AskAsync("/quick")).SetCookies());
    }

    [Fact]
    public async Task The_next_request_on_the_connection_of_a_slow_response_uses_the_new_table()
    {
        var end = new TaskCompletionSource();
        await using var gateway = await TestGateway.StartAsync(context => SlowlyAsync(context, end.Task));
        var consent = await Flow.ChooseAsync(gateway, Flow.Accept);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await RawBackend.WriteAsync(stream, $"GET /slow HTTP/1.1\r\nHost: localhost\r\nCookie: {consent}\r\n\r\n");
        var seen = await ReadUntilAsync(stream, "begin ");
        Assert.Contains("\r\nSet-Cookie: _ga=1\r\n", seen, StringComparison.Ordinal);
        await gateway.SwapAsync(WithoutStatistics);
        end.SetResult();
        await ReadUntilAsync(stream, "0\r\n\r\n");
        await RawBackend.WriteAsync(stream, $"GET /next HTTP/1.1\r\nHost: localhost\r\nCookie: {consent}\r\n\r\n");
        Assert.DoesNotContain("Set-Cookie", await ReadUntilAsync(stream, "0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_backend_receives_the_next_request_while_the_old_one_finishes_its_response()
    {
        var end = new TaskCompletionSource();
        await using var other = await Support.Backend.StartAsync(context => context.Response.WriteAsync("the new one"));
        await using var gateway = await TestGateway.StartAsync(context => SlowlyAsync(context, end.Task));
        var slow = await gateway.Client.SendAsync(
            Requests.To(new Uri(gateway.Url, "/slow"), HttpMethod.Get), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await gateway.SwapAsync(site => site with { Backend = other.Url.ToString() });
        Assert.Equal("the new one", await (await gateway.GetAsync("/")).BytesAsync());
        end.SetResult();
        Assert.Equal("begin end", await slow.BytesAsync());
    }

    [Fact]
    public async Task Changes_in_quick_succession_are_all_applied_in_order()
    {
        await using var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x"));
        for (var round = 0; round < 10; round++)
        {
            await gateway.SwapAsync(site => site with { Hosts = [$"host{round}"] });
            (await gateway.GetAsync("/", ("Host", $"host{round}"))).Answers(HttpStatusCode.OK);
            (await gateway.GetAsync("/", ("Host", $"host{round - 1}"))).Answers(HttpStatusCode.MisdirectedRequest);
        }
    }

    [Fact]
    public async Task No_request_fails_while_backends_change()
    {
        await using var one = await Support.Backend.StartAsync(context => context.Response.WriteAsync("one"));
        await using var two = await Support.Backend.StartAsync(context => context.Response.WriteAsync("two"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(one.Url.ToString())]);
        async Task AskAsync()
        {
            for (var count = 0; count < 100; count++)
                Assert.Contains(await (await gateway.GetAsync("/")).BytesAsync(), new[] { "one", "two" });
        }

        var asking = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(AskAsync)));
        for (var round = 0; !asking.IsCompleted; round++)
            await gateway.SwapAsync(site => site with { Backend = (round % 2 == 0 ? two : one).Url.ToString() });
        await asking;
    }

    [Fact]
    public async Task A_snapshot_that_the_proxy_rejects_changes_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x"));
        var live = gateway.Services.GetRequiredService<LiveSnapshot>();
        var bad = new GatewayConfig { Sites = [TestSites.Library("") with { Hosts = ["new"], Backend = null, Backends = [new BackendConfig { Addresses = [""] }] }] };
        var before = live.Current;
        var problems = await live.SwapAsync(bad.Compile(TestSites.Changed, TestSites.Today));
        Assert.NotEmpty(problems);
        Assert.Same(before, live.Current);
        (await gateway.GetAsync("/")).Answers(HttpStatusCode.OK);
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
