using System.Text.RegularExpressions;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Script;

/// <summary>When the banner is shown again after a choice, and when it is not.</summary>
public class ReturnTests(Browser browser)
{
    [Theory, Requirement(24)]
    [InlineData(182, false)]
    [InlineData(183, true)]
    public async Task A_choice_is_valid_for_182_days_and_then_the_banner_is_shown_again(int days, bool asksAgain)
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.StopClockAsync(demo.Gateway.Time.GetUtcNow());
            await page.GotoAsync(demo.Url);
            await page.DecideInPlaceAsync(page.Button("Refuse all"));
            await ReplaceConsentAsync(page, demo, await AgedAsync(page, days));

            await page.GotoAsync(demo.Url);
            await Expect(page.Control()).ToBeVisibleAsync(new() { Visible = !asksAgain });
            await Expect(page.Banner()).ToHaveCountAsync(asksAgain ? 1 : 0);
            Assert.Equal(asksAgain ? "session*" : "cookies_preferences session*", await page.JarAsync());
        });
    }

    [Fact]
    public async Task An_expired_choice_grants_nothing_and_its_cookies_and_storage_keys_are_removed()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.StopClockAsync(demo.Gateway.Time.GetUtcNow());
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await ReplaceConsentAsync(page, demo, await AgedAsync(page, 183));
            await page.GotoAsync(demo.Url);
            await Expect(page.Banner()).ToBeVisibleAsync();
            Assert.Equal("session*", await page.JarAsync());
            Assert.Equal("", await page.KeysAsync());
        });
    }

    [Fact, Requirement(26)]
    public async Task A_changed_purpose_needs_a_new_choice_and_the_others_keep_their_answer()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await page.DecideAsync(page.Button("Accept all"));
            await ChangeTableAsync(demo);

            await page.GotoAsync(demo.Url);
            await Expect(page.Banner()).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "segment" })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "visitor_id" })).ToHaveCountAsync(0);

            await page.Button("Customise").ClickAsync();
            await Expect(page.Box("Advertising")).ToBeCheckedAsync();
            await Expect(page.Box("Statistics")).Not.ToBeCheckedAsync();
            await page.DecideInPlaceAsync(page.Button("Save choices"));
            Assert.Equal("cookies_preferences segment* session*", await page.JarAsync());

            await page.GotoAsync(demo.Url);
            await Expect(page.Control()).ToBeVisibleAsync();
            await Expect(page.Banner()).ToHaveCountAsync(0);
        });
    }

    [Fact, Row("H9")]
    public async Task Pages_reached_with_the_back_and_forward_buttons_show_the_current_choice()
    {
        await using var demo = await DemoVisit.StartAsync();
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(demo.Url);
            await Expect(page.Banner()).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Books" }).ClickAsync();
            await page.DecideAsync(page.Button("Accept all"));

            await page.GoBackAsync();
            await Expect(page.Control()).ToBeVisibleAsync();
            await Expect(page.Banner()).ToHaveCountAsync(0);
            await page.Control().ClickAsync();
            await Expect(page.Box("Statistics")).ToBeCheckedAsync();
            await page.DecideAsync(page.Choices().GetByRole(AriaRole.Button, new() { Name = "Refuse all" }));

            await page.GoForwardAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Books" })).ToBeVisibleAsync();
            Assert.Equal("cookies_preferences session*", await page.JarAsync());
            Assert.Equal("", await page.KeysAsync());
            await page.Control().ClickAsync();
            await Expect(page.Box("Statistics")).Not.ToBeCheckedAsync();
        });
    }

    /// <summary>The value of the consent cookie if the choice had been made the given number of days ago.</summary>
    private static async Task<string> AgedAsync(IPage page, int days) =>
        Regex.Replace((await page.ConsentAsync())!, @"(?<=^g1\.)\d+", day => $"{int.Parse(day.Value) - days}");

    private static async Task ReplaceConsentAsync(IPage page, DemoVisit demo, string value)
    {
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = value, Url = demo.Url }]);
    }

    // Adds a cookie name to the statistics category, which invalidates the visitor's choice for this category.
    private static Task ChangeTableAsync(DemoVisit demo) => demo.Gateway.SwapAsync(site => site with
    {
        Cookies = [.. site.Cookies.Select(WithOneMore)],
    });

    private static CookieEntry WithOneMore(CookieEntry entry) =>
        entry.Names.Contains("visitor_id") ? entry with { Names = [.. entry.Names, "_more"] } : entry;
}
