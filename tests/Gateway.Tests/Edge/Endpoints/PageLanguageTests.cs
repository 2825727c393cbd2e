using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The language of the gateway's pages if the URL does not name one: the configured language of the referring page.</summary>
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
    public async Task The_language_of_a_gateway_page_follows_the_path_of_the_referring_page(string address, string? referer, string language) =>
        Assert.Equal(language, await LanguageAsync(ByPath, address, referer));

    [Theory]
    [InlineData("/", "/_choices/", "fr")]
    [InlineData("/", "/_choices/policy?lang=en", "en")]
    [InlineData("localhost", "/_choices/policy", "fr")]
    [InlineData("other.example", "/_choices/policy", "pl")]
    public async Task The_language_of_a_gateway_page_can_be_set_for_all_pages_or_by_host(string place, string address, string language) =>
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
