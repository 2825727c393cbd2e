using Gateway.Commands;
using Xunit;

namespace Gateway.Tests.Commands;

public class OptionsTests
{
    [Theory]
    [InlineData("--konfig x", "Unknown option \"--konfig\".")]
    [InlineData("x", "Unknown option \"x\".")]
    [InlineData("--config", "The option --config requires a value.")]
    [InlineData("--config a --config b", "The option --config is given twice.")]
    [InlineData("--config a --port", "The option --port requires a value.")]
    public void An_invalid_argument_is_named(string args, string problem)
    {
        Assert.Null(Options.Parse(args.Split(' '), ["--config", "--port"], out var actual));
        Assert.Equal(problem, actual);
    }

    [Fact]
    public void Options_can_have_any_order()
    {
        var options = Options.Parse(["--port", "1", "--config", "x.json"], ["--config", "--port"], out _)!;
        Assert.Equal("x.json", options.ConfigPath);
        Assert.Equal("1", options["--port"]);
    }

    [Fact]
    public void A_rejected_command_line_prints_the_problem_and_all_commands_to_standard_error()
    {
        var error = new StringWriter();
        Assert.Equal(2, Usage.Reject("Unknown command \"sing\".", error));
        Assert.StartsWith("Unknown command \"sing\".", error.ToString(), StringComparison.Ordinal);
        foreach (var command in new[] { "demo", "run", "check", "preview", "health" })
            Assert.Contains($"gateway {command}", error.ToString(), StringComparison.Ordinal);
    }
}
