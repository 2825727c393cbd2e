using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Gateway.Tests.Django;

/// <summary>Django's administration in a real browser, behind the gateway.</summary>
[Collection(DjangoSite.Collection)]
public class AdminInBrowserTests(DjangoSite django, Browser browser)
{
    /// <summary>The storage key in which the administration of Django 3.2 stores whether its side bar is open.</summary>
    private const string SideBar = "django.admin.navSidebarIsOpen";

    public static TheoryData<string> EveryOrigin => [DemoVisit.Localhost, DemoVisit.PlainHttp, DemoVisit.Tls];

    [Fact]
    public async Task With_the_reference_policy_no_banner_shows_nothing_is_stored_and_a_link_leads_to_the_policy()
    {
        await using var gateway = await StartAsync(ShippedSites.Reference);
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(DemoVisit.At(gateway, DemoVisit.Localhost));
            var link = page.Locator("site-gateway").GetByRole(AriaRole.Link, new() { Name = "Cookie policy" });
            await Expect(link).ToBeVisibleAsync();
            await Expect(page.Banner()).ToHaveCountAsync(0);
            await Expect(page.Control()).ToHaveCountAsync(0);
            Assert.Equal("csrftoken", await page.JarAsync());

            await link.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "django_language" })).ToBeVisibleAsync();
            await page.GoBackAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Cookies", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "sessionid" })).ToBeVisibleAsync();
            Assert.Equal("csrftoken", await page.JarAsync());
        });
    }

    [Theory]
    [MemberData(nameof(EveryOrigin))]
    public async Task Login_and_logout_work_while_the_banner_is_shown(string origin)
    {
        await using var gateway = await StartAsync(ShippedSites.ReferenceWithStatistics);
        await browser.RunAsync(
            async page =>
            {
                await django.LogAsync();
                await LogInAsync(page, DemoVisit.At(gateway, origin));
                await Expect(page.Banner()).ToBeVisibleAsync();
                Assert.Equal("csrftoken sessionid*", await page.JarAsync());

                await page.GetByRole(AriaRole.Link, new() { Name = "Log out" }).ClickAsync();
                await Expect(page.GetByText("Log in again")).ToBeVisibleAsync();
                Assert.Equal("csrftoken", await page.JarAsync());
                Assert.Equal(
                    [
                        new("GET", "/admin/", ""),
                        new("GET", "/admin/login/", ""),
                        new("POST", "/admin/login/", "csrftoken"),
                        new("GET", "/admin/", "csrftoken sessionid"),
                        new("GET", "/admin/logout/", "csrftoken sessionid"),
                    ],
                    (await PagesAsync()).Where(request => request.Path != "/admin/jsi18n/"));
            },
            Visiting.AnyCertificate);
    }

    [Theory]
    [MemberData(nameof(EveryOrigin))]
    public async Task Statistics_cookies_are_set_after_consent_and_deleted_after_withdrawal(string origin)
    {
        await using var gateway = await StartAsync(ShippedSites.ReferenceWithStatistics);
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(DemoVisit.At(gateway, origin));
                Assert.Equal("csrftoken", await page.JarAsync());
                await page.DecideAsync(page.Button("Accept all"));
                Assert.Equal("cookies_preferences csrftoken visits_stats visits_stats_id* visits_stats_page", await page.JarAsync());

                // Django sees from X-Forwarded-Proto whether the visitor uses HTTPS.
                var counted = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "visits_stats_id");
                Assert.Equal(origin == DemoVisit.Tls, counted.Secure);

                await django.LogAsync();
                await page.GotoAsync(DemoVisit.At(gateway, origin) + "news/");
                Assert.Equal([new("GET", "/news/", "csrftoken visits_stats visits_stats_id visits_stats_page")], await PagesAsync());

                await page.Control().ClickAsync();
                await page.DecideAsync(page.Choices().GetByRole(AriaRole.Button, new() { Name = "Refuse all" }));
                Assert.Equal("cookies_preferences csrftoken", await page.JarAsync());
                Assert.Equal([new("GET", "/news/", "csrftoken")], await PagesAsync());
            },
            Visiting.AnyCertificate);
    }

    [Fact]
    public async Task The_administration_stores_the_state_of_its_side_bar_only_if_the_table_lists_the_key()
    {
        await using var gateway = await StartAsync(ShippedSites.Reference);
        await browser.RunAsync(async page =>
        {
            await LogInAsync(page, DemoVisit.At(gateway, DemoVisit.Localhost));
            await page.GotoAsync(DemoVisit.At(gateway, DemoVisit.Localhost) + "admin/auth/user/");
            await page.Locator("#toggle-nav-sidebar").ClickAsync();
            Assert.Equal(SideBar, await page.KeysAsync());
        });

        await using var strict = await StartAsync(backend => ShippedSites.Reference(backend) with { Cookies = [] });
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync(DemoVisit.At(strict, DemoVisit.Localhost));
            await page.EvaluateAsync($"localStorage.setItem('{SideBar}', 'true')");
            Assert.Equal("", await page.KeysAsync());
        });
    }

    [Fact]
    public async Task A_user_added_in_the_administration_exists_afterwards()
    {
        await using var gateway = await StartAsync(ShippedSites.Reference);
        await browser.RunAsync(async page =>
        {
            await LogInAsync(page, DemoVisit.At(gateway, DemoVisit.Localhost));
            await page.GotoAsync(DemoVisit.At(gateway, DemoVisit.Localhost) + "admin/auth/user/add/");
            await page.GetByLabel("Username:").FillAsync("reader");
            await page.GetByLabel("Password:").FillAsync("a library card of my own");
            await page.GetByLabel("Password confirmation:").FillAsync("a library card of my own");
            await page.Button("Save").ClickAsync();
            await page.GotoAsync(DemoVisit.At(gateway, DemoVisit.Localhost) + "admin/auth/user/");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "reader", Exact = true })).ToBeVisibleAsync();
            Assert.Equal("csrftoken sessionid*", await page.JarAsync());

            // Django's message "was added successfully" is in a cookie that the reference policy does not list, so it is refused.
            Assert.Contains("Site portal: removed or shortened Set-Cookie messages: it is not in the cookie table.", gateway.Log);
        });
    }

    private static async Task LogInAsync(IPage page, string url)
    {
        await page.GotoAsync(url + "admin/");
        await page.GetByLabel("Username:").FillAsync(DjangoSite.User);
        await page.GetByLabel("Password:").FillAsync(DjangoSite.Password);
        await page.Button("Log in").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Site administration" })).ToBeVisibleAsync();
    }

    // A browser requests the favicon at any time.
    private async Task<IEnumerable<LoggedRequest>> PagesAsync() =>
        (await django.LogAsync()).Where(request => request.Path != "/favicon.ico");

    private async Task<TestGateway> StartAsync(Func<string, SiteConfig> site) => await DemoVisit.StartAsync(site(await django.UrlAsync()));
}
