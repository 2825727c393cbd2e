using System.Net;
using System.Text;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The responses to choices, tested in memory without a backend.</summary>
public sealed class ChoiceEndpointTests(PagesFixture fixture) : IClassFixture<PagesFixture>
{
    private const string Form = "application/x-www-form-urlencoded";

    private readonly PagesFactory _pages = fixture.Pages;

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string body, string type = Form, params IEnumerable<(string, string)> headers)
    {
        var request = Requests.To(new Uri(browser.BaseAddress!, "/_choices/choice"), HttpMethod.Post, [("Sec-Fetch-Site", "same-origin"), .. headers]);
        request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        Assert.True(request.Content.Headers.TryAddWithoutValidation("Content-Type", type));
        return browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task AssertChangesNothingAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.Answers(status);
        Assert.Empty(response.SetCookies());
        Assert.Null(response.Line("Location"));
        Assert.Equal("no-store", response.Line("Cache-Control"));
        Assert.Equal("text/plain; charset=utf-8", response.Line("Content-Type"));
        Assert.EndsWith(".\n", await response.BytesAsync(), StringComparison.Ordinal);
    }

    [Theory, Requirement(24)]
    [InlineData("accept", 1, 1)]
    [InlineData("refuse", 0, 0)]
    public async Task A_choice_sets_one_cookie_with_the_same_lifetime_for_granting_and_refusing(string choice, int statistics, int advertising)
    {
        var versions = TestSites.Compiled(TestSites.Library("")).Rules.Versions;
        var response = await PostAsync(_pages.Browser(), $"choice={choice}");
        response.Answers(HttpStatusCode.SeeOther);
        Assert.Equal(
            [$"cookies_preferences=g1.{TestSites.Noon.ToDayNumber()}~advertising.{versions["advertising"]}.{advertising}~statistics.{versions["statistics"]}.{statistics}"
                + "; Max-Age=15724800; Path=/; SameSite=Lax"],
            response.SetCookies());
        Assert.Equal("/_choices/?saved", response.Line("Location"));
        Assert.Equal("no-store", response.Line("Cache-Control"));
    }

    [Fact, Requirement(31)]
    public async Task All_visitors_who_refuse_get_equal_cookies()
    {
        var browser = _pages.Browser();
        var one = await PostAsync(browser, "choice=refuse");
        var two = await browser.ChooseAsync(Flow.Refuse, ("User-Agent", "Another/1.0"), ("Cookie", "sessionid=other"));
        var three = await PostAsync(browser, "choice=save", headers: ("Accept-Language", "fr"));
        Assert.Single(new[] { one, two, three }.Select(response => Assert.Single(response.SetCookies())).Distinct());
    }

    [Fact]
    public async Task A_choice_as_JSON_gets_204_without_a_body()
    {
        var response = await _pages.Browser().ChooseAsync("""{"choice":"save","granted":["statistics"],"objected":["audience"]}""");
        response.Answers(HttpStatusCode.NoContent);
        Assert.Equal("", await response.BytesAsync());
        Assert.Null(response.Line("Location"));
        Assert.Contains(".1~audience.-.0; Max-Age=15724800", Assert.Single(response.SetCookies()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_over_https_sets_a_Secure_cookie()
    {
        var response = await _pages.Browser(new Uri("https://localhost")).ChooseAsync(Flow.Accept);
        Assert.EndsWith("; Max-Age=15724800; Path=/; SameSite=Lax; Secure", Assert.Single(response.SetCookies()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_is_set_for_the_configured_parent_domain()
    {
        await using var pages = new PagesFactory(site => site with { ConsentCookie = site.ConsentCookie with { Name = "wishes", Domain = "example.org", Days = 90 } });
        var lines = (await pages.Browser().ChooseAsync(Flow.Refuse)).SetCookies();
        Assert.Equal("wishes" + LegacyCookies.Expired, lines[0]);
        var line = lines[1];
        Assert.StartsWith("wishes=g1.", line, StringComparison.Ordinal);
        Assert.EndsWith("; Max-Age=7776000; Path=/; SameSite=Lax; Domain=example.org", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%2F%2Fevil.example/")]
    [InlineData("/%5Cevil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a%0D%0Ab")]
    [InlineData("")]
    public async Task The_settings_page_returns_only_to_pages_of_the_same_site(string back)
    {
        var page = await _pages.Browser().GetStringAsync($"/_choices/?return={back}", TestContext.Current.CancellationToken);
        Assert.Contains("name=\"return\" value=\"/\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/page?x=1%262", "/a/page?x=1&2")]
    [InlineData("/a/page?x=1", "/a/page?x=1")]
    [InlineData("/a%252Fb?q=%25C3%25A9", "/a%2Fb?q=%C3%A9")]
    [InlineData("//evil.example", null)]
    [InlineData("///evil.example", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("\\\\evil.example", null)]
    [InlineData("/page\\..\\evil", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("https:evil.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("evil.example", null)]
    [InlineData("", null)]
    [InlineData("%09//evil.example", null)]
    [InlineData("/%09/evil.example", null)]
    [InlineData("/%0d%0aSet-Cookie:%20a=b", null)]
    [InlineData("/%0aLocation:%20//evil", null)]
    [InlineData("/%00", null)]
    [InlineData("/%E2%80%AE", null)]
    [InlineData("%20/page", null)]
    public async Task A_form_redirects_only_to_pages_of_the_same_site(string back, string? location)
    {
        var response = await PostAsync(_pages.Browser(), $"choice=refuse&return={back}");
        response.Answers(HttpStatusCode.SeeOther);
        Assert.Equal(location ?? "/_choices/?saved", response.Line("Location"));
        Assert.Single(response.SetCookies());
    }

    [Theory, Requirement(29)]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_choice_needs_the_method_POST(string method)
    {
        var browser = _pages.Browser();
        var request = Requests.To(new Uri(browser.BaseAddress!, "/_choices/choice?choice=accept"), new HttpMethod(method), ("Sec-Fetch-Site", "same-origin"));
        var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        response.Answers(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("POST", response.Line("Allow"));
        Assert.Empty(response.SetCookies());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"accept\"")]
    [InlineData("{}")]
    [InlineData("""{"choice":null}""")]
    [InlineData("""{"choice":true}""")]
    [InlineData("""{"choice":"Accept"}""")]
    [InlineData("""{"choice":"accept"}x""")]
    [InlineData("""{"choice":"save","granted":"statistics"}""")]
    [InlineData("""{"choice":"save","granted":[1]}""")]
    [InlineData("""{"choice":"save","granted":{"statistics":true}}""")]
    [InlineData("""{"choice":"save","granted":[[["statistics"]]]}""")]
    [InlineData("""{"choice":"save","granted":["no_such"]}""")]
    [InlineData("""{"choice":"save","granted":["statistics","Statistics"]}""")]
    [InlineData("""{"choice":"save","granted":["necessary"]}""")]
    [InlineData("""{"choice":"save","granted":["audience"]}""")]
    [InlineData("""{"choice":"save","objected":["statistics"]}""")]
    [InlineData("""{"choice":"save","objected":true}""")]
    public async Task Malformed_JSON_gets_400_and_changes_nothing(string json) =>
        await AssertChangesNothingAsync(await PostAsync(_pages.Browser(), json, "application/json"), HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("")]
    [InlineData("choice")]
    [InlineData("choice=")]
    [InlineData("choice=yes")]
    [InlineData("choice=accept&choice=refuse")]
    [InlineData("choice=save&granted=no_such")]
    [InlineData("choice=save&granted=statistics&granted=")]
    [InlineData("choice=save&granted=statistics,advertising")]
    [InlineData("choice=save&objected=everything")]
    [InlineData("granted=statistics")]
    public async Task A_malformed_form_gets_400_and_changes_nothing(string form) =>
        await AssertChangesNothingAsync(await PostAsync(_pages.Browser(), form), HttpStatusCode.BadRequest);

    [Fact]
    public async Task An_unknown_category_gets_400_with_the_known_ones() =>
        Assert.Equal(
            "\"granted\" may list only: advertising, statistics.\n",
            await (await _pages.Browser().ChooseAsync(Flow.Save("no_such"))).BytesAsync());

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("json")]
    public async Task Any_other_content_type_gets_415(string type) =>
        await AssertChangesNothingAsync(await PostAsync(_pages.Browser(), Flow.Accept, type), HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task Parameters_and_case_of_the_content_type_are_ignored() =>
        (await PostAsync(_pages.Browser(), Flow.Accept, "Application/JSON; charset=utf-8")).Answers(HttpStatusCode.NoContent);

    [Fact, Requirement(44)]
    public async Task A_site_with_only_exempt_entries_accepts_no_choice_and_sets_no_cookie()
    {
        await using var pages = new PagesFactory(TestSites.Exempt);
        await AssertChangesNothingAsync(await pages.Browser().ChooseAsync(Flow.Accept), HttpStatusCode.Conflict);
        await AssertChangesNothingAsync(await pages.Browser().ChooseAsync(Flow.Refuse), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_observed_site_accepts_no_choice()
    {
        await using var pages = new PagesFactory(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        await AssertChangesNothingAsync(await pages.Browser().ChooseAsync(Flow.Accept), HttpStatusCode.Conflict);
    }
}
