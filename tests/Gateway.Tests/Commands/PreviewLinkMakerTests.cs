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
        var (code, output, error) = Make("http://localhost:8080/page?x=1");
        Assert.Equal(0, code);
        Assert.Matches("^http://localhost:8080/_choices/preview\\?pass=\\d+\\.[\\w-]{43}\n$", output);
        Assert.Equal("Until 13:00 UTC, the browser that opens this link sees the enforced site and its banner, as a test. Other visitors see no change.\n", error);
        (await gateway.NavigateAsync(new Uri(output.Trim()).PathAndQuery)).Answers(HttpStatusCode.SeeOther);
    }

    [Fact]
    public void A_link_requires_a_token() => Assert.Equal(
        (2, "", "operator.token: is missing, but links are signed with it. Specify a token of at least 16 characters, preferably as \"${OPERATOR_TOKEN}\", and restart the gateway.\n"),
        Make("https://localhost", token: ""));

    [Fact]
    public void There_is_no_link_for_an_enforced_site() => Assert.Equal(
        (2, "", "Site \"a\" is enforced for all visitors. A link requires the mode \"observe\" or \"off\".\n"),
        Make("https://localhost", mode: ""));

    [Fact]
    public void There_is_no_link_for_an_unknown_host() => Assert.Equal(
        (2, "", "No site has the host \"www.example.org\". Add it under \"hosts\", or use a different URL.\n"),
        Make("https://www.example.org/"));

    [Theory]
    [InlineData("www.example.org")]
    [InlineData("ftp://localhost/")]
    public void An_invalid_URL_prints_the_usage(string address)
    {
        var (code, output, error) = Make(address);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("The option --link requires the URL of a site, such as https://www.example.org.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_link_for_an_invalid_configuration()
    {
        var (code, output, error) = Make("https://localhost", mode: "\"mood\": \"observe\",");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("sites[0].mood: is not a known key here.", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output, string Error) Make(
        string address, string token = $"\"operator\": {{ \"token\": \"{Token}\" }},", string mode = "\"mode\": \"observe\", \"observeUntil\": \"2026-11-24\",")
    {
        _folder.Write("gateway.json", $"{{ {token} \"sites\": [ {World.SiteJson("a", "localhost", mode)} ] }}");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = PreviewLinkMaker.Run(_folder.File("gateway.json"), address, output, error, World.Clock());
        return (code, output.ToString(), error.ToString());
    }
}
