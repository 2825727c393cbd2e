using Gateway.Tests.Django;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary>The program as a process: its output, its responses and its exit codes.</summary>
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
    public async Task Run_serves_the_sample_configuration_in_front_of_Django_and_applies_changes_of_the_file()
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

        // A valid change applies to the next request.
        gateway.Edit("[\"django_language\"]", "[\"django_language\", \"visits_stats\"]");
        await gateway.Program.SaysAsync("The changed configuration is in effect: ");
        await gateway.Program.SaysAsync("Site \"portal\": .*\"visits_stats\" was refused and is now allowed without consent\\.");
        Assert.Equal("csrftoken visits_stats", (await gateway.PageAsync("/")).Cookies);

        // An invalid change is reported with its position, and the previous configuration stays in effect.
        gateway.Edit("[\"sessionid\"],", "[\"sessionid\", \"visits_stats_id\"], \"paty\": \"first\",");
        var problem = await gateway.Program.SaysAsync("gateway\\.json:(\\d+):\\d+ .*\\.paty: is not a known key here");
        var line = File.ReadLines(gateway.ConfigFile).ElementAt(int.Parse(problem.Groups[1].Value) - 1);
        Assert.Contains("\"paty\"", line, StringComparison.Ordinal);
        await gateway.Program.SaysAsync("What was read from .*gateway\\.json before stays in effect\\.");
        Assert.Equal("csrftoken visits_stats", (await gateway.PageAsync("/")).Cookies);
        Assert.Equal((0, "healthy", ""), await HealthAsync(gateway));
        Assert.Equal(1, gateway.Connections);

        await gateway.Program.TerminateAsync();
        Assert.Equal(0, await gateway.Program.ExitAsync());
        var (code, output, errors) = await HealthAsync(gateway);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"unhealthy: {gateway.OperatorUrl}/health does not respond", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_does_not_start_with_an_invalid_configuration_and_prints_all_problems()
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
    public async Task The_exit_code_of_check_tells_whether_run_would_start(string hosts, int expected)
    {
        var folder = Folder(Valid.Replace("\"hosts\"", hosts, StringComparison.Ordinal));
        var (code, output, errors) = await GatewayProgram.RunAsync(folder, "check");
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.StartsWith("The configuration is valid (1 site", StringComparison.Ordinal));
        Assert.Equal(expected != 0, errors.Contains("The configuration is not valid", StringComparison.Ordinal));
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
    public async Task An_invalid_command_line_prints_the_usage_to_standard_error(params string[] args)
    {
        var (code, output, errors) = await GatewayProgram.RunAsync(Folder(Valid), args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("gateway run     [--config FILE|FOLDER]", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_serves_a_site_with_and_without_the_gateway()
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

    [Theory]
    [InlineData("", false)]
    [InlineData("1", true)]
    public async Task Sockets_complete_on_the_threads_that_poll_them_if_the_operator_says_so(string variable, bool isInline)
    {
        var environment = new Dictionary<string, string> { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = variable };
        await using var demo = GatewayProgram.Start(Folder(Valid), environment, "demo", "--port", "0");
        await demo.SaysAsync("Without it");

        // The runtime starts one for each processor if they have to run all code after a read, and otherwise one for thirty.
        var pollers = Directory.EnumerateDirectories($"/proc/{demo.Id}/task").Count(thread => File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(".NET Sockets", StringComparison.Ordinal));
        Assert.Equal(isInline ? Environment.ProcessorCount : Math.Max(1, (int)Math.Round(Environment.ProcessorCount / 30.0)), pollers);
    }

    [Fact]
    public async Task The_gateway_writes_nothing_to_the_home_folder_of_its_user()
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
            table    4 cookies in 1 category; all exempt, nothing is asked
            mode     enforce: cookies that are not in the table are refused and logged
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
