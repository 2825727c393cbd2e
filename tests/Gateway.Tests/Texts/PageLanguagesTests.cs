using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Texts;

public sealed class PageLanguagesTests
{
    private static readonly PageLanguages Languages = new(new Dictionary<string, string>
    {
        ["/"] = "en",
        ["www.example.fr"] = "fr",
        ["/de/"] = "de",
        ["/de/presse/fr/"] = "fr",
    });

    [Theory]
    [InlineData("www.example.org", "/", "en")]
    [InlineData("www.example.org", "/news", "en")]
    [InlineData("www.example.org", null, "en")]
    [InlineData("www.example.fr", "/news", "fr")]
    [InlineData("WWW.example.fr.", null, "fr")]
    [InlineData("www.example.fr", "/de/", "de")]
    [InlineData("www.example.org", "/de", "de")]
    [InlineData("www.example.org", "/de?x=/de/presse/fr/", "de")]
    [InlineData("www.example.org", "/de/presse/fr/2026", "fr")]
    [InlineData("www.example.org", "/design", "en")]
    public void The_most_specific_scope_decides_the_language_of_a_page(string host, string? path, string expected) =>
        Assert.Equal(expected, Languages.Find(host, path));

    [Fact]
    public void A_page_outside_of_all_scopes_has_no_configured_language() => Assert.Null(new PageLanguages(new Dictionary<string, string> { ["/fr/"] = "fr" }).Find("www.example.org", "/en/"));
}
