using Gateway.Commands;
using Xunit;

namespace Gateway.Tests.Commands;

public class OptionsTests
{
    [Theory]
    [InlineData("--konfig x", "\"--konfig\" is not an option here.")]
    [InlineData("x", "\"x\" is not an option here.")]
    [InlineData("--config", "--config needs a value.")]
    [InlineData("--config a --config b", "--config is given twice.")]
    [InlineData("--config a --port", "--port needs a value.")]
    public void What_is_not_understood_is_named(string words, string problem)
    {
        Assert.Null(Options.Read(words.Split(' '), ["--config", "--port"], out var told));
        Assert.Equal(problem, told);
    }

    [Fact]
    public void Options_come_in_any_order()
    {
        var options = Options.Read(["--port", "1", "--config", "x.json"], ["--config", "--port"], out _)!;
        Assert.Equal("x.json", options.ConfigPath);
        Assert.Equal("1", options["--port"]);
    }

    [Fact]
    public void A_wrong_verb_is_told_on_standard_error_with_all_there_is()
    {
        var error = new StringWriter();
        Assert.Equal(2, Usage.Refuse("\"sing\" is not something the gateway does.", error));
        Assert.StartsWith("\"sing\" is not something the gateway does.", error.ToString(), StringComparison.Ordinal);
        foreach (var verb in new[] { "demo", "run", "check", "preview", "health" })
            Assert.Contains($"gateway {verb}", error.ToString(), StringComparison.Ordinal);
    }
}
