using System.Text.Json;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests;

/// <summary>Checks Dockerfile, compose.yaml and kubernetes.yaml as text, without a container engine or a cluster.</summary>
public sealed class ContainerFiles
{
    private static readonly IReadOnlyList<IReadOnlyList<Instruction>> Stages = Dockerfile.Stages(Read("Dockerfile"));
    private static readonly string Compose = Read("config/compose.yaml");
    private static readonly string Kubernetes = Read("config/kubernetes.yaml");

    [Fact]
    public void Every_path_that_the_Dockerfile_copies_exists_and_is_not_ignored()
    {
        var copied = Stages.SelectMany(stage => stage)
            .Where(instruction => instruction.Name == "COPY" && !instruction.Arguments.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(instruction => instruction.Words[..^1])
            .ToArray();
        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.True(Path.Exists(Repository.Path(path)), $"the Dockerfile copies {path}, which does not exist"));
        var ignore = File.ReadAllLines(Repository.Path(".dockerignore"));
        Assert.All(copied, path => Assert.Contains("!" + path.Split('/')[0], ignore));
    }

    [Fact]
    public void The_final_image_has_no_shell_and_needs_none()
    {
        Assert.EndsWith("-chiseled", Stages[^1][0].Words[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Stages[^1], instruction => instruction.Name is "RUN" or "SHELL" or "ADD");
        Assert.Equal(["/app/gateway"], Exec("ENTRYPOINT"));
        Assert.Equal(["run", "--config", "/config"], Exec("CMD"));
        Assert.EndsWith("CMD [\"/app/gateway\", \"health\"]", Only("HEALTHCHECK").Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gateway_does_not_run_as_root()
    {
        Assert.Equal("$APP_UID", Only("USER").Arguments);
        var runs = Stages[^1].SkipWhile(instruction => instruction.Name != "USER").Select(instruction => instruction.Name);
        Assert.Contains("ENTRYPOINT", runs);
    }

    [Fact]
    public void In_compose_only_the_gateway_can_reach_the_legacy_site()
    {
        var legacy = Yaml.Under(Compose, "legacy:");
        Assert.DoesNotContain("ports:", legacy, StringComparison.Ordinal);
        Assert.Contains("networks: [inside]", legacy, StringComparison.Ordinal);
        Assert.Equal("internal: true", Yaml.Under(Compose, "inside:"));
        Assert.Contains("ports: [\"8080:8080\"]", Yaml.Under(Compose, "gateway:"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- ./sites:/config:ro")]
    [InlineData("read_only: true")]
    [InlineData("cap_drop: [ALL]")]
    [InlineData("security_opt: [\"no-new-privileges:true\"]")]
    [InlineData("test: [\"CMD\", \"/app/gateway\", \"health\"]")]
    public void In_compose_the_gateway_has_no_unnecessary_privileges(string line) =>
        Assert.Contains(line, Lines(Yaml.Under(Compose, "gateway:")));

    [Fact]
    public void In_Kubernetes_only_the_port_of_the_gateway_is_open()
    {
        var legacy = Yaml.Under(Kubernetes, "- name: legacy");
        Assert.DoesNotContain("containerPort", legacy, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:8000", legacy, StringComparison.Ordinal);
        Assert.Single(Lines(Kubernetes), "containerPort: 8080");
        Assert.Single(Lines(Kubernetes), "targetPort: http");
        Assert.Equal("- ports:\n    - port: 8080\n      protocol: TCP", Yaml.Under(Kubernetes, "ingress:"));
    }

    [Theory]
    [InlineData("runAsNonRoot: true")]
    [InlineData("readOnlyRootFilesystem: true")]
    [InlineData("allowPrivilegeEscalation: false")]
    [InlineData("drop: [ALL]")]
    [InlineData("readinessProbe:")]
    [InlineData("livenessProbe:")]
    public void In_Kubernetes_the_gateway_has_no_unnecessary_privileges(string line) =>
        Assert.Contains(line, Lines(Yaml.Under(Kubernetes, "- name: gateway")));

    [Fact]
    public void In_Kubernetes_the_gateway_listens_on_its_port_and_its_backend_is_in_the_same_pod()
    {
        using var config = JsonDocument.Parse(Yaml.Under(Kubernetes, "gateway.json: |"));
        var site = config.RootElement.GetProperty("sites")[0];
        Assert.Equal("http://127.0.0.1:8000", site.GetProperty("backend").GetString());
        Assert.Equal("http://0.0.0.0:8080", config.RootElement.GetProperty("listen")[0].GetString());
    }

    private static Instruction Only(string name) => Assert.Single(Stages[^1], instruction => instruction.Name == name);

    /// <summary>Exec form is a JSON array. Without the brackets the engine would start a shell, and the image has none.</summary>
    private static string[] Exec(string name) => JsonSerializer.Deserialize<string[]>(Only(name).Arguments)!;

    private static string Read(string path) => File.ReadAllText(Repository.Path(path));

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];
}
