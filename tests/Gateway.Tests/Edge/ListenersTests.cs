using System.Net;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>The two listeners, the selection of a site by host, and the gateway's prefix.</summary>
public class ListenersTests
{
    private static Task<TestGateway> StartAsync(params string[] hosts) =>
        TestGateway.StartAsync(context => context.Response.WriteAsync("the site"), site => site with { Hosts = hosts.Length > 0 ? hosts : ["localhost"] });

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Uri url, string host = "localhost")
    {
        using var client = new HttpClient();
        var response = await client.SendAsync(Requests.To(url, HttpMethod.Get, ("Host", host)), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.BytesAsync());
    }

    [Fact]
    public async Task Health_is_served_on_the_operators_listener_only()
    {
        await using var gateway = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "healthy\n"), await AskAsync(new Uri(gateway.OperatorUrl, "/health")));
        Assert.Equal((HttpStatusCode.OK, "the site"), await AskAsync(new Uri(gateway.Url, "/health")));
        Assert.Equal("/health", Assert.Single(gateway.Received).Target);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/")]
    [InlineData("/_choices/")]
    [InlineData("/_choices/choice")]
    [InlineData("/page")]
    public async Task The_operators_listener_serves_neither_other_paths_nor_sites(string path)
    {
        await using var gateway = await StartAsync("*");
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(new Uri(gateway.OperatorUrl, path))).Status);
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task A_Host_header_does_not_select_the_listener()
    {
        await using var gateway = await StartAsync("*");
        var operatorHost = gateway.OperatorUrl.Authority;
        Assert.Equal((HttpStatusCode.OK, "the site"), await AskAsync(new Uri(gateway.Url, "/health"), operatorHost));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(new Uri(gateway.OperatorUrl, "/"), gateway.Url.Authority)).Status);
        var answer = await gateway.RawAsync($"GET http://{operatorHost}/health HTTP/1.1\nHost: {operatorHost}\nConnection: close\n\n");
        Assert.EndsWith("the site", answer.TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operators_listener_accepts_no_choice()
    {
        await using var gateway = await StartAsync("*");
        using var client = new HttpClient { BaseAddress = gateway.OperatorUrl };
        var response = await client.ChooseAsync(Flow.Accept);
        response.Answers(HttpStatusCode.NotFound);
        Assert.Empty(response.SetCookies());
    }

    [Theory]
    [InlineData("unknown.example.org")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task A_request_for_an_unknown_host_gets_421_and_does_not_reach_the_backend(string host)
    {
        await using var gateway = await StartAsync();
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(new Uri(gateway.Url, "/"), host)).Status);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(new Uri(gateway.Url, "/_choices/"), host)).Status);
        Assert.Empty(gateway.Received);
    }

    [Theory]
    [InlineData("LOCALHOST")]
    [InlineData("localhost:8080")]
    [InlineData("localhost.")]
    public async Task Hosts_are_compared_without_case_port_and_trailing_dot(string host)
    {
        await using var gateway = await StartAsync();
        Assert.Equal((HttpStatusCode.OK, "the site"), await AskAsync(new Uri(gateway.Url, "/"), host));
        Assert.Equal(host, gateway.Received[0].Headers.Host);
    }

    [Fact]
    public async Task A_star_matches_every_host_that_no_other_site_lists()
    {
        await using var named = await Support.Backend.StartAsync(context => context.Response.WriteAsync("named"));
        await using var rest = await Support.Backend.StartAsync(context => context.Response.WriteAsync("rest"));
        await using var gateway = await TestGateway.StartAsync(
            [TestSites.Library(rest.Url.ToString()) with { Hosts = ["*"] }, TestSites.Library(named.Url.ToString()) with { Id = "named", Hosts = ["www.example.org"] }]);
        Assert.Equal("named", (await AskAsync(gateway.Url, "www.example.org")).Body);
        Assert.Equal("rest", (await AskAsync(gateway.Url, "other.example.org")).Body);
        Assert.Equal("rest", (await AskAsync(gateway.Url, "127.0.0.1")).Body);
    }

    [Theory, Row("E14", "K3")]
    [InlineData("/_choices", 301)]
    [InlineData("/_choices/", 200)]
    [InlineData("/_choices/policy", 200)]
    [InlineData("/_choices/policy.json", 200)]
    [InlineData("/_choices/no/such", 404)]
    [InlineData("/_choices/0123456789abcdef.js", 200)]
    [InlineData("/%5Fchoices/", 200)]
    [InlineData("/_choices%2F", 404)]
    [InlineData("/_choices%2Fchoice", 404)]
    [InlineData("/%5fchoices%2fchoice", 404)]
    [InlineData("//_choices/", 404)]
    [InlineData("///_choices", 404)]
    [InlineData("/%2F_choices/", 404)]
    [InlineData("/./_choices/", 200)]
    [InlineData("/a/../_choices/", 200)]
    [InlineData("/a/%2e%2E/_choices/", 200)]
    [InlineData("/../_choices/", 200)]
    [InlineData("/a/..//_choices/", 404)]
    [InlineData("/\\_choices/", 404)]
    [InlineData("/_choices\\choice", 404)]
    [InlineData("/_choices%5Cchoice", 404)]
    [InlineData("/_choices/../secret", 404)]
    [InlineData("/_choices/%2e%2e/secret", 404)]
    [InlineData("/_choices;x=1/choice", 404)]
    public async Task No_target_that_could_be_under_the_prefix_reaches_the_backend(string target, int status)
    {
        await using var gateway = await StartAsync();
        foreach (var method in new[] { "GET", "POST" })
        {
            var answer = await gateway.RawAsync($"{method} {target} HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: 0\n\n");
            Assert.Equal(method == "GET" || status == 404 && !target.StartsWith("/_choices/no", StringComparison.Ordinal) ? $"{status}" : "405", answer.Split(' ')[1]);
        }

        Assert.Empty(gateway.Received);
    }

    [Theory, Row("E14", "K1")]
    [InlineData("/_choicesx")]
    [InlineData("/_choices-old/page")]
    [InlineData("/_choices.html")]
    [InlineData("/app/_choices/")]
    [InlineData("/?path=/_choices/")]
    [InlineData("/%255Fchoices/")]
    [InlineData("/a//b/../c")]
    public async Task Targets_that_only_resemble_the_prefix_reach_the_backend(string target)
    {
        await using var gateway = await StartAsync();
        var answer = await gateway.RawAsync($"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(target, Assert.Single(gateway.Received).Target);
    }
}
