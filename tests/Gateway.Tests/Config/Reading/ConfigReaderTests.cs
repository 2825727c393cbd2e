using System.Text;
using Gateway.Config.Reading;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

public sealed class ConfigReaderTests
{
    private static readonly byte[] Sample = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "config", "gateway.statistics.json"));

    [Fact]
    public void A_byte_order_mark_does_not_shift_positions()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{ \"sitse\": [] }"u8];

        Assert.Equal("gateway.json:1:3 sitse: is not a known key here. Did you mean \"sites\"?", Problems(marked));
    }

    [Fact]
    public void Columns_count_characters_and_lines_end_with_LF_or_CRLF()
    {
        Assert.Equal(
            "gateway.json:2:21 sitse: is not a known key here. Did you mean \"sites\"?",
            Problems(Encoding.UTF8.GetBytes("{\r\n /* été 漢字 😀 */    \"sitse\": []\r\n}")));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'\n', 0xE9, (byte)'}' }, "gateway.json:2:1: is not valid UTF-8 from this position. Save the file as UTF-8.")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "gateway.json:1:1: is not valid UTF-8 from this position. Save the file as UTF-8.")]
    public void A_file_in_another_encoding_than_UTF_8_is_reported(byte[] content, string problem) => Assert.Equal(problem, Problems(content));

    [Fact]
    public void A_file_above_the_size_limit_is_not_read() => Assert.Equal(
        "gateway.json: is longer than 16 MiB. Distribute the sites over several files in one folder.",
        Problems(new byte[ConfigReader.LongestFile + 1]));

    [Fact]
    public void Nesting_is_limited() => Assert.Equal(
        "gateway.json:1:44: is not valid JSON: The maximum configured depth of 32 has been exceeded. Cannot read next JSON array.",
        Problems(Encoding.UTF8.GetBytes("{ \"nested\": " + new string('[', 100))));

    [Fact]
    public void Missing_keys_have_the_defaults_of_the_records()
    {
        var site = World.Site().Sites[0];

        Assert.Equal(new SiteConfig().Prefix, site.Prefix);
        Assert.Equal(new SiteConfig().ConsentCookie, site.ConsentCookie);
        Assert.Equal(new SiteConfig().Banner, site.Banner);
        Assert.Empty(site.Policy.Paths);
        Assert.Equal("CNIL", site.Controller.Authority.Name);
    }

    [Fact]
    public void Variables_are_expanded_in_strings_unless_they_are_escaped()
    {
        var config = World.Site("\"publicUrl\": \"https://www.example.org\",", World.Necessary("a-$${b}-${BACKEND}-$x").Replace("http:", "", StringComparison.Ordinal));

        Assert.Equal("a-${b}-http://backend.internal:8000-$x", config.Sites[0].Cookies[0].Names[0]);
    }

    [Fact]
    public void A_problem_never_contains_a_token()
    {
        var problems = Problems(Encoding.UTF8.GetBytes("""
            { "operator": { "token": "written-here", "tokn": "written-here" }, "trustedProxies": ["${TOKEN}", "${TOKEN}"], "listen": ["${TOKEN}"] }
            """));

        Assert.DoesNotContain("written-here", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("operator-secret", problems, StringComparison.Ordinal);
        Assert.Contains("\"${TOKEN}\" is not a valid listen address", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_truncated_anywhere_is_not_valid_and_never_throws()
    {
        var end = Array.LastIndexOf(Sample, (byte)'}');
        for (var length = 0; length <= end; length++)
            Assert.False(World.Read(Sample[..length]).IsValid);
    }

    [Fact]
    public void Reading_a_file_with_any_changed_byte_never_throws()
    {
        byte[] others = [(byte)'"', (byte)'}', (byte)',', (byte)'\\', (byte)'$', (byte)'*', (byte)'9', 0x00, 0xFF];
        for (var at = 0; at < Sample.Length; at++)
        {
            var mutated = Sample.ToArray();
            mutated[at] = others[at % others.Length];
            Assert.All(World.Read(mutated).Diagnostics, problem => Assert.DoesNotContain('\n', problem.ToString()));
        }
    }

    private static string Problems(byte[] content) => string.Join('\n', World.Read(content).Diagnostics);
}
