using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The language of the banner.</summary>
public sealed class BannerLanguageTests(Browser browser)
{
    [Theory, Requirement(33, 55)]
    [InlineData("<html lang=fr>", "Tout refuser", "fr")]
    [InlineData("<html lang=FR-ca>", "Tout refuser", "fr")]
    [InlineData("<html lang=de>", "Refuse all", "en")]
    [InlineData("", "Refuse all", "en")]
    public Task The_banner_is_in_the_language_of_the_page(string html, string refuse, string language) => BannerTests.RunAsync(
        browser,
        Notices.Full,
        async (page, _) =>
        {
            Assert.Equal(refuse, await page.Locator(BannerTests.Bar + " .choice").Nth(1).InnerTextAsync());
            Assert.Equal((language, "ltr"), (await page.Locator("site-gateway .all").GetAttributeAsync("lang"), await page.Locator("site-gateway .all").GetAttributeAsync("dir")));
        },
        server => server.HtmlTag = html);

    [Theory]
    [InlineData("", "en")]
    [InlineData("fr", "fr")]
    [InlineData("fr/actualites", "fr")]
    [InlineData("fromage", "en")]
    public Task If_a_page_declares_no_language_pageLanguage_decides_by_path_or_host(string path, string language) => PageServer.RunAsync(
        browser,
        Notices.Full with { PageLanguages = new(new Dictionary<string, string> { ["/fr/"] = "fr", ["site.test"] = "fr" }) },
        async (page, server) =>
        {
            await page.GotoAsync(server.Url + path);
            Assert.Equal(language, await page.Locator("site-gateway .all").GetAttributeAsync("lang"));
            await page.GotoAsync(server.PlainUrl + path);
            Assert.Equal("fr", await page.Locator("site-gateway .all").GetAttributeAsync("lang"));
        });
}
