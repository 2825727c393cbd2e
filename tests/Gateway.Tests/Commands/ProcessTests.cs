using Gateway.Tests.Django;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary>The program itself, as an operator types it: what it prints, what it serves, how it ends.</summary>
[Collection(DjangoSite.Collection)]
public class ProcessTests(DjangoSite django)
{
    private const string Valid = """
        {
          "sites": [{ "id": "site", "hosts": ["*"], "backend": "http://localhost:9", "languages": ["en"],
            "controller": { "name": "Town library", "contact": "library@example.org",
              "privacyNotice": "https://library.example.org/privacy" } }]
        }
        """;

    [Fact]
    public async Task Run_serves_the_shipped_example_in_front_of_Django_and_follows_its_file()
    {
        var backend = await django.UrlAsync();
        await using var gateway = new OperatedGateway(backend);
        await gateway.Program.SaysAsync("Operator +http");
        Assert.Equal(Summary(gateway, backend), gateway.Program.Output);

        var page = await gateway.PageAsync("/");
        Assert.Contains("<head><script src=\"/_choices/", page.Html, StringComparison.Ordinal);
        Assert.Contains("<h1>Home</h1>", page.Html, StringComparison.Ordinal);
        Assert.Equal("csrftoken", page.Cookies);
        Assert.Equal((0, "healthy", ""), await HealthAsync(gateway));

        // A valid change counts for the next request.
        gateway.Edit("[\"django_language\"]", "[\"django_language\", \"visits_stats\"]");
        await gateway.Program.SaysAsync("The changed configuration is in force: ");
        Assert.Equal("csrftoken visits_stats", (await gateway.PageAsync("/")).Cookies);

        // A broken one is told with its place, and the old one stays.
        gateway.Edit("[\"sessionid\"],", "[\"sessionid\", \"visits_stats_id\"], \"paty\": \"first\",");
        var told = await gateway.Program.SaysAsync("gateway\\.json:(\\d+):\\d+ .*\\.paty: is not a known key here");
        var line = File.ReadLines(gateway.ConfigFile).ElementAt(int.Parse(told.Groups[1].Value) - 1);
        Assert.Contains("\"paty\"", line, StringComparison.Ordinal);
        Assert.Equal("csrftoken visits_stats", (await gateway.PageAsync("/")).Cookies);
        Assert.Equal((0, "healthy", ""), await HealthAsync(gateway));
        Assert.Equal(1, gateway.Connections);

        await gateway.Program.TerminateAsync();
        Assert.Equal(0, await gateway.Program.ExitAsync());
        var (code, output, errors) = await HealthAsync(gateway);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"unhealthy: {gateway.OperatorUrl}/health does not answer", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_does_not_start_on_a_broken_configuration_and_tells_every_problem()
    {
        var folder = Folder(Valid
            .Replace("\"hosts\"", "\"host\"", StringComparison.Ordinal)
            .Replace("http://localhost:9", "localhost", StringComparison.Ordinal)
            .Replace("[\"en\"]", "[\"en\", \"pl\"]", StringComparison.Ordinal));
        var (code, output, errors) = await GatewayProgram.RunAsync(folder, "run", "--config", "gateway.json");
        Assert.Equal((2, ""), (code, output));
        Assert.Matches("gateway.json:2:\\d+ sites\\[0\\]\\.host: ", errors);
        Assert.Matches("gateway.json:2:\\d+ sites\\[0\\]\\.backend: ", errors);
        Assert.DoesNotContain("note:", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"hosts\"", 0)]
    [InlineData("\"host\"", 2)]
    public async Task Check_says_by_its_exit_code_whether_run_would_start(string hosts, int expected)
    {
        var folder = Folder(Valid.Replace("\"hosts\"", hosts, StringComparison.Ordinal));
        var (code, output, errors) = await GatewayProgram.RunAsync(folder, "check");
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.StartsWith("The configuration is valid (1 site", StringComparison.Ordinal));
        Assert.Equal(expected != 0, errors.Contains("the configuration is not valid", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("run", "--confg", "gateway.json")]
    [InlineData("check", "--config")]
    [InlineData("health", "now")]
    [InlineData("demo", "--port", "many")]
    [InlineData("preview", "--port", "-1")]
    [InlineData("preview", "--language", "fr")]
    [InlineData("preview", "--link", "http://localhost", "--port", "0")]
    [InlineData]
    public async Task Words_it_does_not_know_are_answered_with_the_usage_on_standard_error(params string[] words)
    {
        var (code, output, errors) = await GatewayProgram.RunAsync(Folder(Valid), words);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("gateway run     [--config FILE|FOLDER]", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_shows_a_careless_site_with_the_gateway_in_front_of_it()
    {
        await using var demo = GatewayProgram.Start(Folder(Valid), new Dictionary<string, string>(), "demo", "--port", "0");
        var with = new Uri((await demo.SaysAsync("With the gateway +(http://localhost:\\d+)")).Groups[1].Value);
        var without = new Uri((await demo.SaysAsync("Without it +(http://\\S+)")).Groups[1].Value);
        using var visitor = new DjangoVisitor(with);
        using var other = new DjangoVisitor(without);
        await visitor.OpenAsync("/");
        await other.OpenAsync("/");
        Assert.Equal("session", visitor.Jar);
        Assert.Equal("segment session visitor_id", other.Jar);

        await demo.TerminateAsync();
        Assert.Equal(0, await demo.ExitAsync());
    }

    [Fact]
    public async Task Nothing_is_written_to_its_users_home()
    {
        var home = Folder(Valid);
        await using var demo = GatewayProgram.Start(home, new Dictionary<string, string> { ["HOME"] = home }, "demo", "--port", "0");
        await demo.SaysAsync("Without it");
        Assert.Equal(["gateway.json"], Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Select(Path.GetFileName));

        await demo.TerminateAsync();
        Assert.Equal(0, await demo.ExitAsync());
    }

    private static Task<(int ExitCode, string Output, string Errors)> HealthAsync(OperatedGateway gateway) =>
        GatewayProgram.RunAsync(gateway.Folder, "health", "--config", gateway.ConfigFile);

    private static string Summary(OperatedGateway gateway, string backend) => $"""
        Consent gateway 0.1.0
          Config     {gateway.ConfigFile}
          Site       portal: localhost
            backend  {backend.TrimEnd('/')}
            table    4 cookies in 1 category; all exempt, so nothing is asked
            mode     enforce: cookies not in the table are refused and logged
          Listening  {gateway.Url.ToString().TrimEnd('/').Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}
          Operator   {gateway.OperatorUrl} (health)
        """;

    private static string Folder(string config)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-check-").FullName;
        File.WriteAllText(Path.Combine(folder, "gateway.json"), config);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
