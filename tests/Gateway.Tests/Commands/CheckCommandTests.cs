using Gateway.Commands;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("gateway.json", "The configuration is valid (1 site, 4 cookies in 1 category, 0 warnings).\n")]
    [InlineData("gateway.minimal.json", "The configuration is valid (1 site, 1 cookie in 1 category, 0 warnings).\n")]
    [InlineData("gateway.statistics.json", "The configuration is valid (1 site, 8 cookies in 4 categories, 0 warnings).\n")]
    public void The_sample_configurations_are_valid(string name, string summary)
    {
        var (code, output, _) = Run("--config", Path.Combine(AppContext.BaseDirectory, "config", name));

        Assert.Equal((0, summary), (code, output));
    }

    [Fact]
    public void All_problems_are_printed_before_the_summary()
    {
        _folder.WriteSite("gateway.json", "a", "a.example.org", "\"consentCookie\": { \"days\": 90 }, \"preffix\": \"/x\",");

        Assert.Equal(
            (2, "", """
                gateway.json:5:30 warning: sites[0].consentCookie.days: "90" differs from six months, which the CNIL recommends. Use 182.
                gateway.json:5:36 sites[0].preffix: is not a known key here. Did you mean "prefix"?
                The configuration is not valid (1 error, 1 warning).

                """),
            Run("--config", _folder.File("gateway.json")));
    }

    [Fact]
    public void A_note_is_printed_and_not_counted_as_a_warning()
    {
        _folder.Write("gateway.json", $"{{ \"sites\": [ {World.SiteJson("a", "a.example.org").Replace("[\"en\"]", "[\"en\", \"pl\"]", StringComparison.Ordinal)} ] }}");

        var (code, output, error) = Run("--config", _folder.File("gateway.json"));

        Assert.Equal((0, "The configuration is valid (1 site, 0 cookies in 0 categories, 0 warnings).\n"), (code, output));
        Assert.StartsWith("gateway.json:2:95 note: sites[0].languages[1]: \"pl\" is a language whose texts have not been reviewed by a native speaker.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_effects_of_a_change_are_printed_with_against()
    {
        _folder.WriteSite("old.json", "a", "a.example.org", cookies: World.Necessary("s"));
        _folder.WriteSite("new.json", "a", "a.example.org");

        Assert.Equal(
            (0, """
                The configuration is valid (1 site, 0 cookies in 0 categories, 0 warnings).
                Site "a": "s" is now refused: it is no longer listed.

                """),
            Run("--config", _folder.File("new.json"), "--against", _folder.File("old.json")) is var (code, output, _) ? (code, output) : default);
    }

    [Fact]
    public void An_old_file_that_does_not_exist_is_an_error()
    {
        _folder.WriteSite("new.json", "a", "a.example.org");

        var (code, _, error) = Run("--config", _folder.File("new.json"), "--against", _folder.File("old.json"));

        Assert.Equal(2, code);
        Assert.EndsWith("old.json: does not exist (searched for old.json). Specify a file or a folder with --config.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_prints_the_usage()
    {
        var (code, output, error) = Run("--confg", "x");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("Unknown option \"--confg\".\n", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CheckCommand.Run(args, output, error, World.Clock());
        return (code, output.ToString(), error.ToString().Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }
}
