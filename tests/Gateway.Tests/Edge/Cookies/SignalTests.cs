using System.Net;
using System.Text.Json;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Global Privacy Control. In the table of the library, the cookie <c>ad</c> is sold or shared.</summary>
public class SignalTests
{
    private const string Honoured = "Your browser asks not to have your data sold or shared (Global Privacy Control). This is respected here.";

    private static readonly (string, string)[] Gpc = [("Sec-GPC", "1")];

    [Fact]
    public async Task Global_Privacy_Control_grants_nothing_and_decides_nothing()
    {
        await using var gateway = await StartAsync();
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, .. Gpc, ("Cookie", "sessionid=1; _ga=1; ad=1")]);
        Assert.Equal("sessionid=1", gateway.Received[^1].Headers.Cookie);
        Assert.DoesNotContain(response.SetCookies(), line => line.StartsWith("cookies_preferences", StringComparison.Ordinal));
        Assert.Equal(["_ga", "ad"], Deleted(response));
        Assert.Contains("You have not decided yet.", await (await SettingsAsync(gateway, null, Gpc)).BytesAsync());
    }

    [Fact]
    public async Task With_Global_Privacy_Control_everything_can_be_granted_except_what_is_sold()
    {
        await using var gateway = await StartAsync();
        var answer = await gateway.Client.ChooseAsync(Flow.Accept, [.. Gpc, ("Cookie", "_ga=1; ad=1")]);
        answer.Answers(HttpStatusCode.NoContent);
        Assert.Equal(["ad"], Deleted(answer));

        var consent = answer.SetCookies()[0].Split(';')[0];
        Assert.Matches(@"^cookies_preferences=g1\.\d+~advertising\.[\w-]+\.1~statistics\.[\w-]+\.1$", consent);
        var response = await gateway.GetAsync("/", [.. Requests.Navigation, .. Gpc, ("Cookie", $"_ga=1; ad=1; {consent}")]);
        Assert.Equal("_ga=1", gateway.Received[^1].Headers.Cookie);
        Assert.Equal(["_ga=2; Path=/", $"ad{LegacyCookies.Expired}", $"ad{LegacyCookies.ExpiredPart}"], response.SetCookies());
        Assert.Equal("private", response.Line("Cache-Control"));

        // Without the signal, the choice applies.
        response = await gateway.GetAsync("/", [.. Requests.Navigation, ("Cookie", $"_ga=1; ad=1; {consent}")]);
        Assert.Equal("_ga=1; ad=1", gateway.Received[^1].Headers.Cookie);
        Assert.Equal(["_ga=2; Path=/", "ad=2; Path=/"], response.SetCookies());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("")]
    [InlineData("1;x")]
    public async Task Only_the_value_1_is_the_signal(string value)
    {
        await using var gateway = await StartAsync();
        var consent = await Flow.ChooseAsync(gateway, Flow.Accept);
        await gateway.GetAsync("/", [.. Requests.Navigation, ("Sec-GPC", value), ("Cookie", $"ad=1; {consent}")]);
        Assert.Equal("ad=1", gateway.Received[^1].Headers.Cookie);
    }

    // Because of an unknown version nothing is deleted, but the signal applies whatever the version.
    [Fact]
    public async Task What_is_sold_is_deleted_even_if_the_choice_has_an_unknown_version()
    {
        await using var gateway = await StartAsync();
        var consent = $"cookies_preferences=g1.{TestSites.Noon.ToDayNumber()}~advertising.Later1.1~statistics.Later2.1";
        Assert.Equal([], Deleted(await gateway.GetAsync("/", [.. Requests.Navigation, ("Cookie", $"_ga=1; ad=1; {consent}")])));
        Assert.Equal(["ad"], Deleted(await gateway.GetAsync("/", [.. Requests.Navigation, .. Gpc, ("Cookie", $"_ga=1; ad=1; {consent}")])));
    }

    // The page is the same for all visitors, so shared caches may store it and no Vary header is needed.
    [Fact]
    public async Task Page_and_script_are_the_same_bytes_with_and_without_the_signal()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "public, max-age=60";
            return context.Response.WriteAsync(Requests.Html);
        });
        var with = await gateway.GetAsync("/", [.. Requests.Navigation, .. Gpc]);
        var without = await gateway.GetAsync("/", Requests.Navigation);
        Assert.Equal(await without.BytesAsync(), await with.BytesAsync());
        Assert.Equal("public, max-age=60", with.Line("Cache-Control"));
        Assert.Equal(Heads(without), Heads(with));
    }

    [Fact]
    public async Task The_settings_page_says_that_the_signal_is_respected_if_it_was_sent()
    {
        await using var gateway = await StartAsync();
        var page = await SettingsAsync(gateway, null, Gpc);
        Assert.Contains($"<p class=\"note\">{Honoured}</p>", await page.BytesAsync());
        Assert.Equal("private, no-cache", page.Line("Cache-Control"));
        Assert.DoesNotContain("Global Privacy Control", await (await SettingsAsync(gateway, null, [])).BytesAsync());
    }

    [Fact]
    public async Task A_site_that_sells_nothing_does_not_mention_the_signal()
    {
        await using var gateway = await StartAsync(NothingSold);
        Assert.DoesNotContain("Global Privacy Control", await (await SettingsAsync(gateway, null, Gpc)).BytesAsync());
        Assert.DoesNotContain("Global Privacy Control", await (await gateway.GetAsync("/_choices/policy")).BytesAsync());
        Assert.DoesNotContain("saleOrShare", await (await gateway.GetAsync("/_choices/policy.json")).BytesAsync());
        var consent = await Flow.ChooseAsync(gateway, Flow.Accept);
        await gateway.GetAsync("/", [.. Requests.Navigation, .. Gpc, ("Cookie", $"ad=1; {consent}")]);
        Assert.Equal("ad=1", gateway.Received[^1].Headers.Cookie);
    }

    [Fact]
    public async Task The_policy_page_and_the_policy_json_say_what_is_sold_or_shared()
    {
        await using var gateway = await StartAsync();
        var page = await (await gateway.GetAsync("/_choices/policy")).BytesAsync();
        Assert.Contains("<td>Purpose<br>These data are sold or shared, unless your browser asks otherwise (Global Privacy Control).</td>", page);
        using var policy = JsonDocument.Parse(await (await gateway.GetAsync("/_choices/policy.json")).BytesAsync());
        Assert.Equal(
            ["ad"],
            policy.RootElement.GetProperty("entries").EnumerateArray().Where(entry => entry.TryGetProperty("saleOrShare", out var sale) && sale.GetBoolean())
                .SelectMany(entry => entry.GetProperty("names").EnumerateArray()).Select(name => name.GetString()));
    }

    [Fact]
    public async Task The_gpc_json_is_served_if_a_row_is_sold()
    {
        await using var gateway = await StartAsync();
        var file = await gateway.GetAsync("/.well-known/gpc.json");
        file.Answers(HttpStatusCode.OK);
        Assert.Equal("application/json", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("""{"gpc":true,"lastUpdate":"2026-11-01"}""", await file.BytesAsync());
        Assert.Equal("no-cache", file.Line("Cache-Control"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task The_gpc_json_is_served_if_the_configuration_says_so_with_the_date_of_the_policy()
    {
        await using var gateway = await StartAsync(site => NothingSold(site) with
        {
            Signals = new SignalOptions { GlobalPrivacyControl = true },
            Policy = new PolicyOptions { Reviewed = new DateOnly(2026, 11, 20) },
        });
        Assert.Equal("""{"gpc":true,"lastUpdate":"2026-11-20"}""", await (await gateway.GetAsync("/.well-known/gpc.json")).BytesAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_backends_gpc_json_is_served_if_nothing_is_sold_or_the_site_is_observed(bool observes)
    {
        await using var gateway = await StartAsync(site =>
            observes ? site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today } : NothingSold(site));
        Assert.Equal(Requests.Html, await (await gateway.GetAsync("/.well-known/gpc.json")).BytesAsync());
        Assert.Equal("/.well-known/gpc.json", gateway.Received[^1].Target);
    }

    [Fact]
    public async Task A_row_that_becomes_sold_is_asked_about_again()
    {
        await using var gateway = await StartAsync(NothingSold);
        var consent = await Flow.ChooseAsync(gateway, Flow.Accept);
        await gateway.SwapAsync(site => site with { Cookies = [.. site.Cookies.Select(entry => entry with { SaleOrShare = entry.Category == "advertising" })] });
        await gateway.GetAsync("/", [.. Requests.Navigation, ("Cookie", $"_ga=1; ad=1; {consent}")]);
        Assert.Equal("_ga=1", gateway.Received[^1].Headers.Cookie);
    }

    private static SiteConfig NothingSold(SiteConfig site) =>
        site with { Cookies = [.. site.Cookies.Select(entry => entry with { SaleOrShare = false })] };

    private static Task<TestGateway> StartAsync(Func<SiteConfig, SiteConfig>? site = null) => TestGateway.StartAsync(
        context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.SetCookie = new[] { "_ga=2; Path=/", "ad=2; Path=/" };
            return context.Response.WriteAsync(Requests.Html);
        },
        site);

    private static Task<HttpResponseMessage> SettingsAsync(TestGateway gateway, string? cookies, (string, string)[] signals) =>
        gateway.GetAsync("/_choices/", [.. Requests.Navigation, .. signals, .. cookies is null ? [] : new[] { ("Cookie", cookies) }]);

    private static IEnumerable<string> Deleted(HttpResponseMessage response) =>
        response.SetCookies().Where(line => line.Contains("; Max-Age=0;", StringComparison.Ordinal)).Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)]).Distinct();

    private static IEnumerable<string> Heads(HttpResponseMessage response) =>
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}").Order();
}
