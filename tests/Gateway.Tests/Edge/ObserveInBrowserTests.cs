using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>An observed site that sets cookies without consent: it works as without a gateway, and the log names what its scripts write.</summary>
public sealed class ObserveInBrowserTests(Browser browser)
{
    [Fact]
    public async Task An_observed_site_can_write_everything_and_the_log_names_what_enforce_would_block()
    {
        await using var demo = await DemoVisit.StartAsync();
        await demo.Gateway.SwapAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = DateOnly.FromDateTime(demo.Gateway.Time.GetUtcNow().UtcDateTime) });
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            Assert.True(await page.EvaluateAsync<bool>("() => !!window[Symbol.for('gateway')]"));
            Assert.Equal("_stats ad_pixel promo segment* session* visitor_id", await page.JarAsync());
            Assert.Equal("last_page", await page.KeysAsync());
            Assert.Equal(0, await page.Locator("site-gateway").CountAsync());
            await page.GotoAsync("about:blank");

            string[] told =
            [
                "Site demo (observe): would block a script from writing cookie promo: it is not in the cookie table.",
                "Site demo (observe): would block a script from writing cookie _stats: its category was not granted.",
                "Site demo (observe): would block a script from writing localStorage key last_page: its category was not granted.",
            ];
            await Eventually.IsTrueAsync(() => told.All(demo.Gateway.Log.Contains));
        });
    }

    [Fact]
    public async Task A_site_in_mode_off_gets_no_script()
    {
        await using var demo = await DemoVisit.StartAsync();
        await demo.Gateway.SwapAsync(site => site with { Mode = SiteMode.Off, ObserveUntil = DateOnly.FromDateTime(demo.Gateway.Time.GetUtcNow().UtcDateTime) });
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            Assert.False(await page.EvaluateAsync<bool>("() => !!window[Symbol.for('gateway')]"));
            Assert.Equal("_stats ad_pixel promo segment* session* visitor_id", await page.JarAsync());
        });
    }
}
