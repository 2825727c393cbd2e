using System.Text.RegularExpressions;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

public sealed class LanguagesTests
{
    [Fact]
    public void Every_supported_language_has_a_file_of_texts() => Assert.Superset(
        Languages.Supported.ToHashSet(),
        typeof(Languages).Assembly.GetManifestResourceNames().Where(name => Regex.IsMatch(name, @"^[a-z]{2}\.json$")).Select(name => name[..2]).ToHashSet());

    [Theory]
    [InlineData(null, null, "en")]
    [InlineData("fr", "en", "fr")]
    [InlineData("FR", null, "fr")]
    [InlineData("fr-CA", null, "fr")]
    [InlineData("de", "fr", "fr")]
    [InlineData(null, "fr-CH, en;q=0.9", "fr")]
    [InlineData(null, "de, fr;q=0.4, en;q=0.5", "en")]
    [InlineData(null, "fr;q=0, en;q=0.1", "en")]
    [InlineData(null, "de, es", "en")]
    [InlineData(null, "*, fr;q=0.5", "en")]
    [InlineData(null, "fr;q=nonsense", "en")]
    [InlineData("<script>", ";;,=,q", "en")]
    public void The_language_is_the_requested_one_or_the_accepted_one_or_the_first_of_the_site(string? requested, string? accepted, string expected) =>
        Assert.Equal(expected, Languages.Choose(["en", "fr"], requested, ofPage: null, accepted));

    [Theory]
    [InlineData(null, "fr", "fr")]
    [InlineData("de", "fr", "fr")]
    [InlineData("en", "fr", "en")]
    public void The_language_of_the_page_precedes_that_of_the_browser_and_follows_the_requested_one(string? requested, string ofPage, string expected) =>
        Assert.Equal(expected, Languages.Choose(["en", "fr"], requested, ofPage, "en"));

    [Theory]
    [InlineData("no", "nb")]
    [InlineData("nn", "nb")]
    [InlineData("nn-NO", "nb")]
    [InlineData("NO", "nb")]
    [InlineData("nb-NO", "nb")]
    [InlineData("pt-BR", "pt")]
    [InlineData("n", null)]
    [InlineData("noo", null)]
    public void A_variety_of_a_language_matches_the_supported_one(string tag, string? expected) =>
        Assert.Equal(expected, Languages.Match(["en", "nb", "pt"], tag));
}
