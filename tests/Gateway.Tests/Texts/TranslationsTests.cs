using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Config.Rules;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>The built-in texts in every language.</summary>
public sealed partial class TranslationsTests
{
    private static readonly Translations English = Translations.For("en");

    /// <summary>The keys of texts with plural forms, without the form.</summary>
    private static readonly IReadOnlyList<string> Counted =
        [.. English.Keys.Where(key => key.EndsWith(".other", StringComparison.Ordinal)).Select(key => key[..^".other".Length])];

    public static TheoryData<string> Supported => [.. Languages.Supported];

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_keys_and_exactly_its_plural_forms(string language)
    {
        var forms = PluralsTests.Forms(language);
        var expected = English.Keys.Except(InForms(PluralsTests.Forms("en"))).Concat(InForms(forms));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Translations.For(language).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_language_has_the_same_placeholders(string language)
    {
        var translations = Translations.For(language);
        foreach (var key in English.Keys.Intersect(translations.Keys).Except(InForms(PluralsTests.Forms(language))))
            Assert.True(Holes(English[key]).SequenceEqual(Holes(translations[key])), $"{key}: {translations[key]}");
    }

    // A form for a single number may contain the number as a word.
    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_plural_form_contains_its_number(string language)
    {
        var translations = Translations.For(language);
        foreach (var form in PluralsTests.Forms(language))
        {
            var isOfOneNumber = Enumerable.Range(0, 1000).Count(number => Plurals.Of(language, number) == form) == 1;
            foreach (var key in Counted.Select(counted => $"{counted}.{form}"))
                Assert.True(Holes(translations[key]) is ["{0}"] || (isOfOneNumber && Holes(translations[key]) is []), $"{key}: {translations[key]}");
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Every_text_is_plain_text_and_not_empty(string language)
    {
        var translations = Translations.For(language);
        Assert.All(translations.Keys, key =>
        {
            Assert.DoesNotMatch(@"[<>\p{Cc}]|&\w+;|  |^\s|\s$|^$", translations[key]);
            Assert.NotNull(Translations.Placeholders(translations[key]));
            Assert.InRange(translations[key].Length, 1, 500);
        });
    }

    /// <summary>Some names and codes are equal in many languages, but a file that is mostly English has not been translated.</summary>
    [Theory]
    [MemberData(nameof(Supported))]
    public void The_texts_of_every_language_are_translated(string language)
    {
        var translations = Translations.For(language);
        var same = English.Keys.Intersect(translations.Keys).Where(key => !key.StartsWith("country.", StringComparison.Ordinal) && translations[key] == English[key]);

        Assert.True(language == "en" || same.Count() < 20, string.Join(", ", same));
        Assert.Single(Languages.Supported, one => Translations.For(one)["language.name"] == translations["language.name"]);
    }

    [Theory, Requirement(20)]
    [MemberData(nameof(Supported))]
    public void The_labels_of_the_two_buttons_have_similar_lengths_and_established_alternatives(string language)
    {
        var (accept, refuse) = (Translations.For(language)["choice.accept"], Translations.For(language)["choice.refuse"]);

        Assert.InRange((double)refuse.Length / accept.Length, 1 / 2.2, 2.2);
        Assert.NotEqual(accept, refuse);
        Assert.InRange(ButtonLabels.Accepting(language).Count(), 3, 10);
        Assert.InRange(ButtonLabels.Refusing(language).Count(), 3, 10);
        Assert.Empty(ButtonLabels.Accepting(language).Intersect(ButtonLabels.Refusing(language)));
    }

    [Fact, Requirement(20)]
    public void The_French_labels_are_those_of_the_CNIL()
    {
        var french = Translations.For("fr");

        Assert.Equal("Tout accepter", french["choice.accept"]);
        Assert.Equal("Tout refuser", french["choice.refuse"]);
        Assert.Equal("Personnaliser", french["choice.customise"]);
        Assert.Equal("Gérer mes cookies", french["choice.manage"]);
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Only_Arabic_is_written_from_right_to_left(string language) =>
        Assert.Equal(language == "ar" ? "rtl" : "ltr", Translations.For(language)["language.direction"]);

    [Theory]
    [MemberData(nameof(Supported))]
    public void Dates_contain_the_name_of_the_month_and_counts_contain_the_number(string language)
    {
        var translations = Translations.For(language);
        for (var month = 1; month <= 12; month++)
        {
            var day = translations.Of(new DateOnly(2026, month, 23));
            Assert.Contains(translations[$"date.month.{month}"], day);
            Assert.Equal(["2026", "23"], Number().Matches(day).Select(match => match.Value).Order());
        }

        foreach (var number in Enumerable.Range(0, 200))
        {
            foreach (var text in Counted.Select(counted => translations.Count(counted, number)))
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
    public void A_count_has_the_plural_form_of_its_number(string language, int number, string expected) =>
        Assert.Equal(expected, Translations.For(language).Days(number));

    [Fact]
    public void A_date_is_written_with_the_name_of_the_month() =>
        Assert.Equal("2 août 2026", Translations.For("fr").Of(new DateOnly(2026, 8, 2)));

    [Fact]
    public void A_value_that_looks_like_a_placeholder_is_not_replaced() =>
        Assert.StartsWith("{0} asks", English.Format("banner.intro", "{0}"));

    [Fact]
    public void An_unsupported_language_throws() =>
        Assert.Throws<KeyNotFoundException>(() => Translations.For("xx"));

    [Theory]
    [InlineData("{0} asks {1}", "{0} {1}")]
    [InlineData("", "")]
    [InlineData("{", null)]
    [InlineData("{0", null)]
    [InlineData("{x}", null)]
    [InlineData("a } b", null)]
    [InlineData("{{0}}", null)]
    public void A_brace_outside_of_a_placeholder_is_detected(string text, string? holes) =>
        Assert.Equal(holes, Translations.Placeholders(text) is { } found ? string.Join(' ', found.Order()) : null);

    private static IEnumerable<string> InForms(IEnumerable<string> forms) =>
        forms.SelectMany(form => Counted.Select(counted => $"{counted}.{form}"));

    private static IReadOnlyList<string> Holes(string text) => [.. Hole().Matches(text).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Number();
}
