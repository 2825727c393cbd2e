using System.Net;
using Gateway.Commands;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary><c>gateway preview --link</c>.</summary>
public sealed class PreviewLinkMakerTests : IDisposable
{
    private const string Token = "a token of the operator";

    private readonly ConfigFolder _folder = new();

    [Fact]
    public async Task The_link_is_the_only_output_and_opens_the_preview()
    {
        await using var gateway = await TestGateway.StartAsync(
            context => Task.CompletedTask,
            site => site with { Id = "a", Mode = SiteMode.Observe, ObserveUntil = TestSites.Today },
            config => config with { Operator = config.Operator with { Token = Token } });
        var (code, output, error) = await MakeAsync("http://localhost:8080/page?x=1", gateway.OperatorUrl);
        Assert.Equal(0, code);
        Assert.Matches("^http://localhost:8080/_choices/preview\\?pass=\\d+\\.[\\w-]{43}\n$", output);
        Assert.Equal("Until 13:00 UTC, the browser that opens this link sees the enforced site and its banner, as a test. Other visitors see no change.\n", error);
        (await gateway.NavigateAsync(new Uri(output.Trim()).PathAndQuery)).Answers(HttpStatusCode.SeeOther);
    }

    // The token is read when the gateway starts.
    [Theory]
    [InlineData(null, true)]
    [InlineData("a token of before", true)]
    [InlineData(Token, false)]
    public async Task There_is_no_link_that_the_running_gateway_would_not_open(string? token, bool observes)
    {
        await using var gateway = await TestGateway.StartAsync(
            context => Task.CompletedTask,
            site => site with { Id = "a", Mode = observes ? SiteMode.Observe : SiteMode.Enforce, ObserveUntil = observes ? TestSites.Today : null },
            config => config with { Operator = config.Operator with { Token = token } });
        Assert.Equal(
            (1, "", "The running gateway does not accept links of this configuration: it was started without this \"operator.token\", or it does not observe this site. Restart it.\n"),
            await MakeAsync("http://localhost:8080/", gateway.OperatorUrl));
    }

    [Fact]
    public async Task There_is_no_link_while_no_gateway_runs()
    {
        var (code, output, error) = await MakeAsync("http://localhost:8080/", new Uri("http://127.0.0.1:1"));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("http://127.0.0.1:1 does not respond (", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_link_if_the_address_is_no_operators_listener()
    {
        await using var gateway = await TestGateway.StartAsync(context => Task.CompletedTask);
        var (code, output, error) = await MakeAsync("http://localhost:8080/", gateway.Url);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("it is not the operator's listener", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_requires_a_token() => Assert.Equal(
        (2, "", "operator.token: is missing, but links are signed with it. Specify a token of at least 16 characters, preferably as \"${OPERATOR_TOKEN}\", and restart the gateway.\n"),
        await MakeAsync("https://localhost", token: ""));

    [Fact]
    public async Task There_is_no_link_for_an_enforced_site() => Assert.Equal(
        (2, "", "Site \"a\" is enforced for all visitors. A link requires the mode \"observe\" or \"off\".\n"),
        await MakeAsync("https://localhost", mode: ""));

    [Fact]
    public async Task There_is_no_link_for_an_unknown_host() => Assert.Equal(
        (2, "", "No site has the host \"www.example.org\". Add it under \"hosts\", or use a different URL.\n"),
        await MakeAsync("https://www.example.org/"));

    [Theory]
    [InlineData("www.example.org")]
    [InlineData("ftp://localhost/")]
    public async Task An_invalid_URL_prints_the_usage(string address)
    {
        var (code, output, error) = await MakeAsync(address);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("The option --link requires the URL of a site, such as https://www.example.org.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_link_for_an_invalid_configuration()
    {
        var (code, output, error) = await MakeAsync("https://localhost", mode: "\"mood\": \"observe\",");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("sites[0].mood: is not a known key here.", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int Code, string Output, string Error)> MakeAsync(
        string address, Uri? running = null, string token = $"\"operator\": {{ \"token\": \"{Token}\" }},", string mode = "\"mode\": \"observe\", \"observeUntil\": \"2026-11-24\",")
    {
        _folder.Write("gateway.json", $"{{ {token} \"sites\": [ {World.SiteJson("a", "localhost", mode)} ] }}");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await PreviewLinkMaker.RunAsync(_folder.File("gateway.json"), address, running?.ToString(), output, error, World.Clock());
        return (code, output.ToString(), error.ToString());
    }
}
