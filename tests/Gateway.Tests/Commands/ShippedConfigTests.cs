using Gateway.Config;
using Gateway.Config.Reading;
using Gateway.Tests.Script;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Commands;

/// <summary>Every configuration in this repository is valid.</summary>
public class ShippedConfigTests
{
    [Theory]
    [InlineData("config/gateway.json")]
    [InlineData("config/gateway.minimal.json")]
    [InlineData("config/gateway.statistics.json")]
    [InlineData("src/Gateway/Commands/demo.json")]
    public void The_sample_configurations_have_no_problem(string file) => AssertNoProblem(Load(Repository.Path(file)));

    [Fact]
    public void The_configuration_in_the_README_has_no_problem_and_at_most_twenty_lines()
    {
        var text = Between(File.ReadAllText(Repository.Path("README.md")), "```json\n", "```");
        Assert.InRange(text.Split('\n').Length - 1, 10, 20);
        AssertNoProblem(LoadText(text));
    }

    [Fact]
    public void The_configuration_in_the_ConfigMap_has_no_error() =>
        Assert.Empty(LoadText(Yaml.Under(File.ReadAllText(Repository.Path("config/kubernetes.yaml")), "gateway.json: |")).Errors);

    [Fact]
    public void The_configurations_of_existing_banners_have_no_problem() =>
        Assert.All(ConsentTool.All, tool => Assert.Equal([tool.Root], ConsentToolSite.Configured(tool).ExistingBanner!.Hide));

    private static void AssertNoProblem(LoadedConfig loaded) => Assert.Empty(Problems(loaded));

    // A note is a recommendation.
    private static IEnumerable<Diagnostic> Problems(LoadedConfig loaded) => loaded.Diagnostics.Where(problem => problem.Severity != Severity.Note);

    private static LoadedConfig LoadText(string text)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-");
        var file = Path.Combine(folder.FullName, "gateway.json");
        File.WriteAllText(file, text);
        var loaded = Load(file);
        folder.Delete(recursive: true);
        return loaded;
    }

    private static LoadedConfig Load(string file) =>
        new ConfigLoader(name => name == "DEMO_PORT" ? "8080" : name == "DEMO_BACKEND" ? "http://127.0.0.1:81" : name == "DEMO_OTHER_SITE" ? "http://videos.localhost:82" : null, new FakeTimeProvider(TestSites.Noon)).Load(file);

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
