using System.Net;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>International host names are compared, and forwarded, as they are sent: in ASCII.</summary>
public class RequestHostTests
{
    private const string Host = "xn--bcher-kva.test";

    private static readonly (string, string)[] FromOwnPage = [("Host", Host), ("Origin", $"http://{Host}")];

    [Theory]
    [InlineData(Host)]
    [InlineData("*")]
    public async Task A_site_with_an_international_name_is_served_and_accepts_choices(string configured)
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, site => site with { Hosts = [configured] });
        (await gateway.GetAsync("/", [("Host", Host), .. Requests.ByScript])).Answers(HttpStatusCode.OK);
        Assert.Equal(Host, gateway.Received[^1].Headers["X-Forwarded-Host"]);
        Assert.Equal(Host, gateway.Received[^1].Headers.Host);
        (await gateway.Client.ChooseAsync(Flow.Refuse, FromOwnPage)).Answers(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--\u00e9")]
    [InlineData("a.xn--0.test:80")]
    public async Task A_request_for_a_host_with_invalid_Punycode_is_rejected(string host)
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, site => site with { Hosts = [Host] });
        var answer = await gateway.RawAsync($"GET / HTTP/1.1\nHost: {host}\nConnection: close\n\n");
        Assert.Matches("^HTTP/1.1 (421|400) ", answer);
    }

    [Theory]
    [InlineData("localhost", "localhost", 0)]
    [InlineData("localhost:8080", "localhost", 8080)]
    [InlineData("[::1]", "[::1]", 0)]
    [InlineData("[::1]:81", "[::1]", 81)]
    [InlineData("localhost:", "localhost", 0)]
    [InlineData("localhost:99999", "localhost", 0)]
    [InlineData("", "", 0)]
    public void An_authority_is_split_into_name_and_port(string authority, string name, int port)
    {
        var host = new Gateway.Edge.RequestHost(authority);
        Assert.Equal((name, port), (host.Name.ToString(), host.Port));
    }
}
