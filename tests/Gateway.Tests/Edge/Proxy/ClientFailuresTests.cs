using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>A request that its client breaks off or frames badly is no failure of the backend, and repeated lines are summed up.</summary>
public class ClientFailuresTests
{
    private static async Task EchoAsync(HttpContext context) => await context.Request.Body.CopyToAsync(context.Response.Body);

    [Theory]
    [InlineData("Transfer-Encoding: chunked\n\nxyz\n\n")]
    [InlineData("Transfer-Encoding: chunked\n\n5\nabcdefgh\n0\n\n")]
    [InlineData("Transfer-Encoding: chunked\n\nffffffffffffffff\n")]
    public async Task A_broken_upload_is_logged_as_the_clients_once_a_minute(string rest)
    {
        await using var gateway = await TestGateway.StartAsync(EchoAsync);
        for (var i = 0; i < 5; i++)
            await gateway.RawAsync($"POST / HTTP/1.1\nHost: localhost\n{rest}");
        Assert.Equal(1, Lines(gateway, "a client broke off its request"));
        Assert.Equal(0, Lines(gateway, "the backend failed"));

        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.RawAsync($"POST / HTTP/1.1\nHost: localhost\n{rest}");
        Assert.Contains(gateway.Log, line => line.EndsWith(" 4 more like this since the last line.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CONNECT_is_not_allowed_and_not_logged()
    {
        await using var gateway = await TestGateway.StartAsync(EchoAsync);
        var answer = await gateway.RawAsync("CONNECT localhost:443 HTTP/1.1\nHost: localhost:443\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, Lines(gateway, "failed"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task Failures_of_a_backend_are_summed_up_too()
    {
        await using var gateway = await TestGateway.StartAsync([TestSites.Library("http://127.0.0.1:1")]);
        for (var i = 0; i < 5; i++)
            Assert.Equal(502, (int)(await gateway.NavigateAsync("/")).StatusCode);
        Assert.Equal(1, Lines(gateway, "the backend failed"));
    }

    private static int Lines(TestGateway gateway, string text) => gateway.Log.Count(line => line.Contains(text, StringComparison.Ordinal));
}
