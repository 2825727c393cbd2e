using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>In a container, localhost is the container itself.</summary>
public sealed class SurroundingsTests
{
    private const string Site = """
        { %, "sites": [ { "id": "site", "hosts": ["www.example.org"], "languages": ["en"], "policy": { "reviewed": "2026-11-01" },
          "backends": [{ "addresses": ["http://localhost:8000", "http://127.0.0.1:8000", "http://legacy:8000"] }],
          "controller": { "name": "Owner", "contact": "dpo@example.org" } } ] }
        """;

    [Fact]
    public void A_backend_on_localhost_is_a_warning_in_a_container() => Assert.Equal(
        [
            "sites[0].backends[0].addresses[0]: \"http://localhost:8000\" is this container itself, where no site runs.",
            "sites[0].backends[0].addresses[1]: \"http://127.0.0.1:8000\" is this container itself, where no site runs.",
        ],
        Warnings("http://*:8080", isContainer: true));

    [Fact]
    public void A_listener_on_localhost_is_a_warning_in_a_container() =>
        Assert.Contains("listen: \"http://localhost:8080\" is only reachable from inside this container.", Warnings("http://localhost:8080", isContainer: true));

    [Fact]
    public void Localhost_is_no_warning_outside_of_a_container() => Assert.Empty(Warnings("http://localhost:8080", isContainer: false));

    [Theory]
    [InlineData("true", null, true)]
    [InlineData("true", "10.0.0.1", false)]
    [InlineData(null, null, false)]
    public void A_pod_of_Kubernetes_shares_localhost(string? container, string? kubernetes, bool expected)
    {
        using var folder = new ConfigFolder();
        folder.Write("gateway.json", Site.Replace("%", "\"listen\": [\"http://*:8080\"]"));
        var loader = new Gateway.Config.Reading.ConfigLoader(
            name => name == "DOTNET_RUNNING_IN_CONTAINER" ? container : name == "KUBERNETES_SERVICE_HOST" ? kubernetes : null, World.Clock());

        Assert.Equal(expected, loader.Load(folder.File("gateway.json")).Warnings.Any(warning => warning.Code == "backend"));
    }

    private static IEnumerable<string> Warnings(string listen, bool isContainer) =>
        World.Loader(isContainer).Parse("gateway.json", System.Text.Encoding.UTF8.GetBytes(Site.Replace("%", $"\"listen\": [\"{listen}\"]")))
            .Diagnostics.Where(problem => problem.Code is "backend" or "process").Select(problem => $"{problem.Path}: {problem.Value} {problem.Rule}");
}
