using System.Text.RegularExpressions;
using Gateway.Banner;
using Xunit;

namespace Gateway.Tests.Banner;

public sealed partial class PhrasesTests
{
    private static readonly Phrases English = Phrases.For("en");

    public static TheoryData<string> Supported => [.. Languages.Supported];

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_phrases(string language) =>
        Assert.Equal(English.Keys.Order(), Phrases.For(language).Keys.Order());

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_placeholders_and_no_empty_phrase(string language)
    {
        var phrases = Phrases.For(language);
        foreach (var key in English.Keys)
        {
            Assert.NotEqual("", phrases[key].Trim());
            Assert.True(Holes(English[key]).SequenceEqual(Holes(phrases[key])), key);
        }
    }

    [Fact]
    public void French_uses_the_words_of_the_CNIL()
    {
        var french = Phrases.For("fr");

        Assert.Equal("Tout accepter", french["choice.accept"]);
        Assert.Equal("Tout refuser", french["choice.refuse"]);
        Assert.Equal("Personnaliser", french["choice.customise"]);
        Assert.Equal("Gérer mes cookies", french["choice.manage"]);
    }

    [Fact]
    public void Phrases_are_plain_text() =>
        Assert.All(Languages.Supported, language => Assert.All(
            English.Keys, key => Assert.DoesNotContain('<', Phrases.For(language)[key])));

    [Theory]
    [InlineData("en", 0, "0 days")]
    [InlineData("en", 1, "1 day")]
    [InlineData("en", 182, "182 days")]
    [InlineData("fr", 0, "0 jour")]
    [InlineData("fr", 1, "1 jour")]
    [InlineData("fr", 2, "2 jours")]
    public void Numbers_choose_the_form(string language, int number, string expected) =>
        Assert.Equal(expected, Phrases.For(language).Days(number));

    [Fact]
    public void A_day_is_written_in_words() =>
        Assert.Equal("2 août 2026", Phrases.For("fr").Of(new DateOnly(2026, 8, 2)));

    [Fact]
    public void What_is_filled_in_may_look_like_a_placeholder() =>
        Assert.StartsWith("{0} asks", English.Format("banner.intro", "{0}"));

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
    public void The_language_is_the_one_asked_for_or_accepted_or_the_sites_first(string? requested, string? accepted, string expected) =>
        Assert.Equal(expected, Languages.Choose(["en", "fr"], requested, accepted));

    private static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
