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
    public void The_narrowest_place_decides(string host, string? path, string expected) =>
        Assert.Equal(expected, Languages.Find(host, path));

    [Fact]
    public void Of_other_pages_nothing_is_said() => Assert.Null(new PageLanguages(new Dictionary<string, string> { ["/fr/"] = "fr" }).Find("www.example.org", "/en/"));
}
