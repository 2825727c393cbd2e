using System.Net;
using Gateway.Commands;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary>The link for one browser, as an operator makes it.</summary>
public sealed class PreviewLinkMakerTests : IDisposable
{
    private const string Token = "a token of the operator";

    private readonly ConfigFolder _folder = new();

    [Fact]
    public async Task The_link_is_all_of_the_output_and_opens_the_site()
    {
        await using var gateway = await TestGateway.StartAsync(
            context => Task.CompletedTask,
            site => site with { Id = "a", Mode = SiteMode.Observe, ObserveUntil = TestSites.Today },
            config => config with { Operator = config.Operator with { Token = Token } });
        var (code, output, error) = Make("http://localhost:8080/page?x=1");
        Assert.Equal(0, code);
        Assert.Matches("^http://localhost:8080/_choices/preview\\?pass=\\d+\\.[\\w-]{43}\n$", output);
        Assert.Equal("Until 13:00 UTC the browser that opens this link sees the site enforced and is asked, as a test. Nobody else is.\n", error);
        (await gateway.NavigateAsync(new Uri(output.Trim()).PathAndQuery)).Answers(HttpStatusCode.SeeOther);
    }

    [Fact]
    public void Without_a_token_nothing_is_signed() => Assert.Equal(
        (2, "", "operator.token: is missing, and links are signed with it. Give one of at least 16 characters, best as \"${OPERATOR_TOKEN}\", and start the gateway with it.\n"),
        Make("https://localhost", token: ""));

    [Fact]
    public void An_enforced_site_needs_no_link() => Assert.Equal(
        (2, "", "Site \"a\" is enforced: every browser sees it so. A link is for a site whose mode is observe or off.\n"),
        Make("https://localhost", mode: ""));

    [Fact]
    public void An_unknown_host_is_told() => Assert.Equal(
        (2, "", "No site of the configuration has the host \"www.example.org\". Add it under \"hosts\", or name another address.\n"),
        Make("https://www.example.org/"));

    [Theory]
    [InlineData("www.example.org")]
    [InlineData("ftp://localhost/")]
    public void What_is_no_address_prints_the_usage(string address)
    {
        var (code, output, error) = Make(address);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("--link is the address of a site, such as https://www.example.org.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_configuration_is_told()
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
