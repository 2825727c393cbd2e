using System.Globalization;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

/// <summary>The plural forms of each language, by the examples of CLDR.</summary>
public sealed class PluralsTests
{
    /// <summary>Languages, plural form, and numbers with that form.</summary>
    private static readonly (string Language, string Form, string Numbers)[] Examples =
    [
        ("en de nl da sv nb fi et es it ca eu hu tr bg el", "one", "1"),
        ("en de nl da sv nb fi et es it ca eu hu tr bg el", "other", "0 2 3 5 11 12 21 100 101 111 182 365"),
        ("fr pt", "one", "0 1"),
        ("fr pt", "other", "2 3 11 21 100 101 182"),
        ("is", "one", "1 21 31 101 121 1001"),
        ("is", "other", "0 2 11 12 20 22 100 111 211 1011"),
        ("lv", "zero", "0 10 11 12 19 20 30 100 110 111 119 1000"),
        ("lv", "one", "1 21 31 101 121"),
        ("lv", "other", "2 9 22 29 102 182"),
        ("lt", "one", "1 21 31 101 121"),
        ("lt", "few", "2 9 22 29 102 182"),
        ("lt", "other", "0 10 11 12 19 20 30 100 110 111 119"),
        ("ro", "one", "1"),
        ("ro", "few", "0 2 13 19 101 102 119 201"),
        ("ro", "other", "20 21 35 100 120 182 200"),
        ("hr", "one", "1 21 31 101 121"),
        ("hr", "few", "2 3 4 22 24 102 182"),
        ("hr", "other", "0 5 10 11 12 13 14 19 20 25 100 111 112 114 180"),
        ("cs sk", "one", "1"),
        ("cs sk", "few", "2 3 4"),
        ("cs sk", "other", "0 5 10 11 21 22 100 101 102 182"),
        ("sl", "one", "1 101 201 1001"),
        ("sl", "two", "2 102 202"),
        ("sl", "few", "3 4 103 104"),
        ("sl", "other", "0 5 11 12 21 100 111 182"),
        ("pl", "one", "1"),
        ("pl", "few", "2 3 4 22 24 102 182"),
        ("pl", "many", "0 5 11 12 13 14 19 20 21 25 31 100 101 111 112 114 121 180"),
        ("uk", "one", "1 21 31 101 121"),
        ("uk", "few", "2 3 4 22 24 102 182"),
        ("uk", "many", "0 5 10 11 12 13 14 20 25 100 111 112 180"),
        ("mt", "one", "1"),
        ("mt", "two", "2"),
        ("mt", "few", "0 3 10 103 110 203"),
        ("mt", "many", "11 19 111 119"),
        ("mt", "other", "20 21 100 101 102 182 200"),
        ("ga", "one", "1"),
        ("ga", "two", "2"),
        ("ga", "few", "3 4 5 6"),
        ("ga", "many", "7 8 9 10"),
        ("ga", "other", "0 11 12 20 21 22 100 101 182"),
        ("ar", "zero", "0"),
        ("ar", "one", "1"),
        ("ar", "two", "2"),
        ("ar", "few", "3 10 103 110 203"),
        ("ar", "many", "11 26 99 111 182 199"),
        ("ar", "other", "100 101 102 200 201 202 1000"),
    ];

    public static TheoryData<string, string, string> Rows =>
        [.. Examples.SelectMany(row => row.Language.Split(' ').Select(language => new TheoryDataRow<string, string, string>(language, row.Form, row.Numbers)))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_number_has_the_plural_form_of_CLDR(string language, string form, string numbers) => Assert.All(
        numbers.Split(' '), number => Assert.Equal(form, Plurals.Of(language, int.Parse(number, CultureInfo.InvariantCulture))));

    [Fact]
    public void The_examples_cover_exactly_the_plural_forms_of_each_language() => Assert.All(Languages.Supported, language => Assert.Equal(
        Forms(language).Order(), Enumerable.Range(0, 1000).Select(number => Plurals.Of(language, number)).Distinct().Order()));

    /// <summary>The plural forms of a language.</summary>
    public static IReadOnlyList<string> Forms(string language) =>
        [.. Examples.Where(row => row.Language.Split(' ').Contains(language)).Select(row => row.Form)];
}
