using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Config.Rules;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>The gateway's own texts, in every language.</summary>
public sealed partial class TranslationsTests
{
    private static readonly Translations English = Translations.For("en");

    /// <summary>Counted phrases: their keys without the form.</summary>
    private static readonly IReadOnlyList<string> Counted =
        [.. English.Keys.Where(key => key.EndsWith(".other", StringComparison.Ordinal)).Select(key => key[..^".other".Length])];

    public static TheoryData<string> Supported => [.. Languages.Supported];

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_phrases_and_just_its_own_plural_forms(string language)
    {
        var forms = PluralsTests.Forms(language);
        var expected = English.Keys.Except(InForms(PluralsTests.Forms("en"))).Concat(InForms(forms));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Translations.For(language).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_placeholders(string language)
    {
        var phrases = Translations.For(language);
        foreach (var key in English.Keys.Intersect(phrases.Keys).Except(InForms(PluralsTests.Forms(language))))
            Assert.True(Holes(English[key]).SequenceEqual(Holes(phrases[key])), $"{key}: {phrases[key]}");
    }

    // A form that belongs to one number alone may say it in a word.
    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_form_shows_its_number(string language)
    {
        var phrases = Translations.For(language);
        foreach (var form in PluralsTests.Forms(language))
        {
            var isOfOneNumber = Enumerable.Range(0, 1000).Count(number => Plurals.Of(language, number) == form) == 1;
            foreach (var key in Counted.Select(counted => $"{counted}.{form}"))
                Assert.True(Holes(phrases[key]) is ["{0}"] || (isOfOneNumber && Holes(phrases[key]) is []), $"{key}: {phrases[key]}");
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Phrases_are_plain_text_and_none_is_empty(string language)
    {
        var phrases = Translations.For(language);
        Assert.All(phrases.Keys, key =>
        {
            Assert.DoesNotMatch(@"[<>\p{Cc}]|&\w+;|  |^\s|\s$|^$", phrases[key]);
            Assert.NotNull(Translations.Holes(phrases[key]));
            Assert.InRange(phrases[key].Length, 1, 500);
        });
    }

    /// <summary>Names and codes are alike in many languages; what is mostly English has not been translated.</summary>
    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_speaks_for_itself(string language)
    {
        var phrases = Translations.For(language);
        var same = English.Keys.Intersect(phrases.Keys).Where(key => !key.StartsWith("country.", StringComparison.Ordinal) && phrases[key] == English[key]);

        Assert.True(language == "en" || same.Count() < 20, string.Join(", ", same));
        Assert.Single(Languages.Supported, one => Translations.For(one)["language.name"] == phrases["language.name"]);
    }

    [Theory, Requirement(20)]
    [MemberData(nameof(Supported))]
    public void The_twins_have_labels_of_one_size_and_plain_words(string language)
    {
        var (accept, refuse) = (Translations.For(language)["choice.accept"], Translations.For(language)["choice.refuse"]);

        Assert.InRange((double)refuse.Length / accept.Length, 1 / 2.2, 2.2);
        Assert.NotEqual(accept, refuse);
        Assert.InRange(TwinWording.Accepting(language).Count(), 3, 10);
        Assert.InRange(TwinWording.Refusing(language).Count(), 3, 10);
        Assert.Empty(TwinWording.Accepting(language).Intersect(TwinWording.Refusing(language)));
    }

    [Fact, Requirement(20)]
    public void French_uses_the_words_of_the_CNIL()
    {
        var french = Translations.For("fr");

        Assert.Equal("Tout accepter", french["choice.accept"]);
        Assert.Equal("Tout refuser", french["choice.refuse"]);
        Assert.Equal("Personnaliser", french["choice.customise"]);
        Assert.Equal("Gérer mes cookies", french["choice.manage"]);
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Only_Arabic_runs_from_right_to_left(string language) =>
        Assert.Equal(language == "ar" ? "rtl" : "ltr", Translations.For(language)["language.direction"]);

    [Theory]
    [MemberData(nameof(Supported))]
    public void Days_and_numbers_are_written_in_words(string language)
    {
        var phrases = Translations.For(language);
        for (var month = 1; month <= 12; month++)
        {
            var day = phrases.Of(new DateOnly(2026, month, 23));
            Assert.Contains(phrases[$"date.month.{month}"], day);
            Assert.Equal(["2026", "23"], Number().Matches(day).Select(match => match.Value).Order());
        }

        foreach (var number in Enumerable.Range(0, 200))
        {
            foreach (var text in Counted.Select(counted => phrases.Count(counted, number)))
                Assert.True(text.Contains(number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) || number < 3, text);
        }
    }

    [Theory]
    [InlineData("en", 0, "0 days")]
    [InlineData("en", 1, "1 day")]
    [InlineData("en", 182, "182 days")]
    [InlineData("fr", 0, "0 jour")]
    [InlineData("fr", 1, "1 jour")]
    [InlineData("fr", 2, "2 jours")]
    public void Numbers_choose_the_form(string language, int number, string expected) =>
        Assert.Equal(expected, Translations.For(language).Days(number));

    [Fact]
    public void A_day_is_written_in_words() =>
        Assert.Equal("2 août 2026", Translations.For("fr").Of(new DateOnly(2026, 8, 2)));

    [Fact]
    public void What_is_filled_in_may_look_like_a_placeholder() =>
        Assert.StartsWith("{0} asks", English.Format("banner.intro", "{0}"));

    [Fact]
    public void Nobody_is_spoken_to_in_another_language_than_is_meant() =>
        Assert.Throws<KeyNotFoundException>(() => Translations.For("xx"));

    [Theory]
    [InlineData("{0} asks {1}", "{0} {1}")]
    [InlineData("", "")]
    [InlineData("{", null)]
    [InlineData("{0", null)]
    [InlineData("{x}", null)]
    [InlineData("a } b", null)]
    [InlineData("{{0}}", null)]
    public void Placeholders_are_told_from_stray_braces(string text, string? holes) =>
        Assert.Equal(holes, Translations.Holes(text) is { } found ? string.Join(' ', found.Order()) : null);

    private static IEnumerable<string> InForms(IEnumerable<string> forms) =>
        forms.SelectMany(form => Counted.Select(counted => $"{counted}.{form}"));

    private static IReadOnlyList<string> Holes(string text) => [.. Hole().Matches(text).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Number();
}
