using System.Net;
using System.Text.RegularExpressions;
using Gateway.Commands;
using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary><c>gateway preview</c> serves the same script, pages and endpoints as <c>run</c>, without a backend.</summary>
public sealed class PreviewCommandTests(Preview preview) : IClassFixture<Preview>
{
    [Fact]
    public async Task The_overview_links_to_every_site_language_and_view_and_is_not_extended()
    {
        var (response, html) = await preview.OpenAsync("/?lang=fr&show=policy");
        response.Answers(HttpStatusCode.OK);
        Assert.Equal("no-store, no-transform", response.Line("Cache-Control"));
        Assert.DoesNotContain("data-gateway", html, StringComparison.Ordinal);
        Assert.Contains("<h1>Preview: data.example.org</h1>", html, StringComparison.Ordinal);
        Assert.Equal(
            ["/?lang=en&amp;show=policy", "/?lang=fr&amp;show=policy", "/?lang=fr&amp;show=banner", "/?lang=fr&amp;show=dialog", "/?lang=fr&amp;show=settings", "/?lang=fr&amp;show=policy"],
            Regex.Matches(html, "<a href=\"(/\\?lang=[^\"]*)\"").Select(link => link.Groups[1].Value));
        Assert.Equal(
            [$"http://portal.localhost:{preview.Port}/?show=policy", $"http://all.portal.localhost:{preview.Port}/?show=policy"],
            Regex.Matches(html, "<a href=\"(http://[^\"]*)\"").Select(link => link.Groups[1].Value));
        Assert.Equal(
            ["360 640 light", "360 640 dark", "1280 720 light", "1280 720 dark"],
            Regex.Matches(html, "<iframe src=\"/_choices/policy\\?lang=fr\"[^>]* width=\"(\\d+)\" height=\"(\\d+)\" style=\"color-scheme: (\\w+)\">")
                .Select(frame => $"{frame.Groups[1]} {frame.Groups[2]} {frame.Groups[3]}"));
        (await preview.OpenAsync("/other")).Response.Answers(HttpStatusCode.NotFound);
        (await preview.OpenAsync("/", "data.example.org")).Response.Answers(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Every_supported_language_can_be_previewed()
    {
        const string Host = "all.portal.localhost";
        var script = await preview.ScriptOfAsync((await preview.OpenAsync("/?page=en", Host)).Html, Host);
        script = script[..script.IndexOf(BuiltScript.NameOf("dialogs") + ":{", StringComparison.Ordinal)];
        foreach (var language in Languages.Supported)
        {
            Assert.Contains($"<html lang=\"{language}\"", (await preview.OpenAsync($"/?page={language}", Host)).Html, StringComparison.Ordinal);
            var module = Regex.Match(script, $"[{{,]\"?{language}\"?:\"([0-9a-f]{{16}})\"");
            var words = module.Success ? (await preview.OpenAsync($"/_choices/{module.Groups[1]}.mjs", Host)).Html : script;
            Assert.Contains(Translations.For(language)["choice.refuse"], words, StringComparison.Ordinal);
            Assert.Contains($"<html lang=\"{language}\"", (await preview.OpenAsync($"/_choices/?lang={language}", Host)).Html, StringComparison.Ordinal);
            var policy = (await preview.OpenAsync($"/_choices/policy?lang={language}", Host)).Html;
            Assert.Contains($"<html lang=\"{language}\"", policy, StringComparison.Ordinal);
            Assert.Contains("data.example.org", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_script_of_the_preview_is_that_of_run_and_a_part_that_asks_in_frames()
    {
        var script = await preview.ScriptOfAsync((await preview.OpenAsync("/?page=en")).Html);
        var site = ShippedSites.Load("config/gateway.statistics.json");
        var notice = TestSites.Compiled(site).Notice;

        Assert.Equal(System.Text.Encoding.UTF8.GetString(BannerScript.Render(notice with { Showing = Showing.Preview }).File.Bytes), script);
        Assert.NotEqual(BannerScript.Render(notice).Hash, BannerScript.Render(notice with { Showing = Showing.Preview }).Hash);
    }

    [Theory]
    [InlineData("/_choices/")]
    [InlineData("/_choices/policy")]
    public async Task Only_the_preview_allows_its_pages_in_frames(string path)
    {
        await using var gateway = await TestGateway.StartAsync(context => Task.CompletedTask);
        var shown = (await preview.OpenAsync(path)).Response.Line("Content-Security-Policy")!;

        Assert.EndsWith("; frame-ancestors 'self'", shown, StringComparison.Ordinal);
        Assert.Equal(shown.Replace("'self'", "'none'", StringComparison.Ordinal)[^22..], (await gateway.NavigateAsync(path)).Line("Content-Security-Policy")![^22..]);
    }

    [Theory]
    [InlineData("config/gateway.json", false)]
    [InlineData("config/gateway.statistics.json", true)]
    public void The_overview_states_whether_the_site_asks_for_consent(string config, bool asks)
    {
        var site = ShippedSites.Load(config);
        var overview = PreviewOverview.Render([site], site, "en", "banner", 80);

        Assert.Equal(asks, overview.Contains("Forget it", StringComparison.Ordinal));
        Assert.Equal(!asks, overview.Contains("nothing is asked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_preview_listens_on_loopback_only()
    {
        var listening = await File.ReadAllTextAsync("/proc/net/tcp", TestContext.Current.CancellationToken);
        Assert.Contains($"0100007F:{preview.Port:X4} 00000000:0000 0A", listening, StringComparison.Ordinal);
        Assert.DoesNotContain($"00000000:{preview.Port:X4} ", listening, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_exits_with_0_on_SIGTERM()
    {
        await using var program = GatewayProgram.Start(Repository.Path("config"), new Dictionary<string, string>(), "preview", "--config", "gateway.json");
        await program.SaysAsync("Stop with Ctrl\\+C");
        await program.TerminateAsync();
        Assert.Equal(0, await program.ExitAsync());
    }

    [Fact]
    public async Task An_invalid_configuration_is_reported_completely_and_not_served()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-preview-").FullName;
        File.WriteAllText(Path.Combine(folder, "gateway.json"), """{ "sites": [{ "id": "a", "host": ["x"], "backend": "x", "languages": ["en"] }] }""");
        var (code, output, errors) = await GatewayProgram.RunAsync(folder, "preview");
        Directory.Delete(folder, recursive: true);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("sites[0].host: is not a known key here.", errors, StringComparison.Ordinal);
        Assert.Contains("sites[0].backend: ", errors, StringComparison.Ordinal);
        Assert.Contains("sites[0].controller: ", errors, StringComparison.Ordinal);
    }
}
