using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>In which language our own pages come where nobody asked for one: that of the page one came from, as the operator gives it.</summary>
public class PageLanguageTests
{
    private static readonly Dictionary<string, string> ByPath = new() { ["/fr/"] = "fr", ["/en/"] = "en" };

    [Theory]
    [InlineData("/_choices/?return=/fr/books", null, "fr")]
    [InlineData("/_choices/?return=/fr", null, "fr")]
    [InlineData("/_choices/?return=/fr/books&lang=en", null, "en")]
    [InlineData("/_choices/?return=/en/books", null, "en")]
    [InlineData("/_choices/?return=/books", null, "pl")]
    [InlineData("/_choices/?return=//evil.example/fr/", null, "pl")]
    [InlineData("/_choices/", "http://localhost/fr/books", "fr")]
    [InlineData("/_choices/policy", "http://localhost/fr/books", "fr")]
    [InlineData("/_choices/policy", "http://evil.example/fr/books", "pl")]
    [InlineData("/_choices/policy", "http://localhost/_choices/", "pl")]
    [InlineData("/_choices/policy", null, "pl")]
    [InlineData("/fr/cookies", null, "fr")]
    [InlineData("/fr/cookies?lang=en", null, "en")]
    [InlineData("/cookies", "http://localhost/fr/books", "pl")]
    public async Task By_path_of_the_page_one_came_from(string address, string? referer, string language) =>
        Assert.Equal(language, await LanguageAsync(ByPath, address, referer));

    [Theory]
    [InlineData("/", "/_choices/", "fr")]
    [InlineData("/", "/_choices/policy?lang=en", "en")]
    [InlineData("localhost", "/_choices/policy", "fr")]
    [InlineData("other.example", "/_choices/policy", "pl")]
    public async Task Everywhere_or_by_host(string place, string address, string language) =>
        Assert.Equal(language, await LanguageAsync(new() { [place] = "fr" }, address, null));

    private static async Task<string> LanguageAsync(Dictionary<string, string> places, string address, string? referer)
    {
        await using var gateway = await TestGateway.StartAsync(
            context => context.Response.WriteAsync("the site"),
            site => site with
            {
                Hosts = ["localhost", "other.example"],
                Languages = ["en", "fr", "pl"],
                Categories = [],
                Cookies = [],
                PageLanguage = places,
                Policy = new() { Paths = ["/fr/cookies", "/cookies"] },
            });
        var response = await gateway.GetAsync(
            address, [.. Requests.Navigation, ("Accept-Language", "pl"), .. referer is null ? [] : new[] { ("Referer", referer) }]);
        return System.Text.RegularExpressions.Regex.Match(await response.BytesAsync(), "<html lang=\"([a-z]+)\"").Groups[1].Value;
    }
}
