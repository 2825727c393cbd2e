using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>
/// Refused cookies are deleted wherever the site can have put them: inside and outside of the partition, on the host and on its parent domain,
/// whatever the table declares. The cookies come from an application on another port of the host.
/// </summary>
public class PlacesInBrowserTests(Browser browser)
{
    private const string Host = "app.site.localhost";

    private static readonly string[] Refused =
    [
        "_ga=1; Path=/", "_ga=2; Path=/; Secure; Partitioned", "_ga=3; Path=/; Domain=site.localhost", "_ga=4; Path=/; Domain=site.localhost; Secure; Partitioned",
        "_ga=5; Path=/app", "_ga=6; Path=/app; Secure; Partitioned", "_ga=7; Path=/app; Domain=site.localhost; Secure; Partitioned",
        "wide=1; Path=/", "wide=2; Path=/; Secure; Partitioned; HttpOnly", "wide=3; Path=/; Domain=site.localhost",
        "deep=1; Path=/", "deep=2; Path=/app; Secure; Partitioned", "part=1; Path=/", "part=2; Path=/; Secure; Partitioned",
        "_gid=1; Path=/; HttpOnly", "_gid=2; Path=/; Secure; Partitioned",
        "written=1; Path=/; HttpOnly", "written=2; Path=/; Secure; Partitioned",
    ];

    private static readonly string[] Kept = ["sessionid=1; Path=/", "theirs=1; Path=/; HttpOnly", "theirs=2; Path=/; Secure; Partitioned", "_gid=3; Path=/; Domain=site.localhost"];

    private static readonly string[] Left = ["_gid=3", "sessionid=1", "theirs=1", "theirs=2"];

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.SetCookie = new(context.Request.Path == "/other" ? [.. Refused, .. Kept] : context.Request.Path == "/app/page" ? ["written=9; Path=/"] : Array.Empty<string>());
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(Requests.Html);
    }

    private static Task<TestGateway> StartAsync(Uri backend) => DemoVisit.StartAsync(TestSites.Library(backend.ToString()) with
    {
        Hosts = [Host],
        Cookies =
        [
            TestSites.Entry(Table.Necessary("sessionid")),
            TestSites.Entry(Table.Asked("statistics", "_ga")),
            TestSites.Entry(Table.Asked("statistics", "wide") with { Domain = "site.localhost" }),
            TestSites.Entry(Table.Asked("statistics", "deep") with { Path = "/app" }),
            TestSites.Entry(Table.Asked("statistics", "part") with { Partitioned = true }),
        ],
    });

    public static TheoryData<string, bool> Ways => new()
    {
        { "page", true },
        { "banner", true },
        { "form", false },
    };

    [Theory, MemberData(nameof(Ways)), Row("I11", "I12")]
    public async Task A_refused_cookie_is_gone_from_every_place_after_a_refusal_and_a_page(string way, bool withScript)
    {
        await using var backend = await Support.Backend.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(backend.Url);
        var site = $"http://{Host}:{gateway.Url.Port}";
        await browser.RunAsync(
            async page =>
            {
                await page.GotoAsync(way == "form" ? $"{site}/_choices/?return=/app/page" : $"{site}/app/page");
                var other = await page.Context.NewPageAsync();
                await other.GotoAsync($"http://{Host}:{backend.Url.Port}/other");
                Assert.Equal(Refused.Length + Kept.Length, (await ValuesAsync(page)).Length);
                if (way == "banner")
                {
                    // The answer to the choice cannot know the path of the page. The script does.
                    await page.DecideInPlaceAsync(page.Button("Refuse all"));
                    Assert.DoesNotContain(await ValuesAsync(page), pair => pair.StartsWith("_ga=", StringComparison.Ordinal));
                }

                if (way == "form")
                    await page.Button("Refuse all").ClickAsync();

                // A response has at most 20 deletions. The rest follows with later pages.
                for (var pages = 0; pages < 12; pages++)
                    await page.GotoAsync($"{site}/app/page?{pages}");
                Assert.Equal(Left, await ValuesAsync(page));
            },
            new() { JavaScriptEnabled = withScript });
    }

    [Fact]
    public async Task A_name_that_a_script_of_the_page_writes_is_deleted_at_once()
    {
        await using var backend = await Support.Backend.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(backend.Url);
        await browser.RunAsync(async page =>
        {
            await page.GotoAsync($"http://{Host}:{gateway.Url.Port}/app/page");
            var other = await page.Context.NewPageAsync();
            await other.GotoAsync($"http://{Host}:{backend.Url.Port}/other");
            await page.EvaluateAsync("() => { document.cookie = 'theirs=3'; document.cookie = 'written=3' }");
            Assert.Equal(["theirs=1", "written=1"], (await ValuesAsync(page)).Where(pair => pair[0] is 't' or 'w' && pair[1] is not 'i'));
        });
    }

    private static async Task<string[]> ValuesAsync(IPage page) =>
        [.. (await page.Context.CookiesAsync()).Where(cookie => cookie.Name != "cookies_preferences").Select(cookie => $"{cookie.Name}={cookie.Value}").Order(StringComparer.Ordinal)];
}
