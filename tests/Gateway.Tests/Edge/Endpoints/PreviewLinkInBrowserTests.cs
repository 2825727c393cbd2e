using Gateway.Commands;
using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>A preview link in one browser while another browser visits the same observed site.</summary>
public sealed class PreviewLinkInBrowserTests(Browser browser)
{
    private const string Secret = "a token of the operator";

    private const string Note = "Test: only this browser sees this question, and its answer does not count.";

    [Fact]
    public async Task Only_the_browser_that_opens_the_preview_link_sees_the_test_banner()
    {
        await using var site = DemoSite.Create(port: 0);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var observed = ShippedSites.Demo(site.Urls.First(), DemoSite.OtherSiteOf(site)) with { Mode = SiteMode.Observe, ObserveUntil = DateOnly.FromDateTime(now.UtcDateTime) };
        await using var gateway = await TestGateway.StartAsync([observed], config => config with { Operator = config.Operator with { Token = Secret } }, now);
        var url = DemoVisit.At(gateway, DemoVisit.Localhost);

        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"{url}_choices/preview?pass={new PreviewPass(Secret).Make(observed, now)}");
            await Expect(page).ToHaveURLAsync(url);
            await Expect(page.Banner().GetByText(Note)).ToBeVisibleAsync();
            Assert.Equal("cookies_preferences_preview* session*", await page.JarAsync());
            await page.Button("Customise").ClickAsync();
            await Expect(page.Choices().GetByText(Note)).ToBeVisibleAsync();

            await browser.RunAsync(async other =>
            {
                await other.GotoAsync(url);
                Assert.Equal(0, await other.Locator("site-gateway").CountAsync());
                Assert.Equal("_stats ad_pixel promo segment* session* visitor_id", await other.JarAsync());
            });

            await page.Button("Close without saving").ClickAsync();
            await page.DecideAsync(page.Banner().GetByRole(AriaRole.Button, new() { Name = "Accept all" }));
            Assert.Equal("_stats ad_pixel cookies_preferences_preview* cookies_preferences_test segment* session* visitor_id", await page.JarAsync());

            gateway.Time.Advance(PreviewPass.Life);
            await page.GotoAsync(url);
            Assert.Equal(0, await page.Locator("site-gateway").CountAsync());
        });
    }
}
