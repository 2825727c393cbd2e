using System.Net;
using Gateway.Config;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>For an hour, one browser sees an observed site as if it were enforced. All others see it as before.</summary>
public sealed class PreviewLinkTests : IAsyncLifetime
{
    private const string Secret = "a token of the operator";

    private const string Kept = "cookies_preferences=g1.20780~statistics.AAAAAA.1";

    private RawBackend _backend = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = RawBackend.Start(LegacyCookies.Answer);
        _gateway = await TestGateway.StartAsync(
            [TestSites.Library(_backend.Url.ToString()) with { Mode = SiteMode.Observe, ObserveUntil = new DateOnly(2026, 12, 1) }],
            config => TestCertificate.AlsoTls(config with { Operator = config.Operator with { Token = Secret } }));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task The_preview_link_sets_a_session_cookie_and_redirects_to_the_site()
    {
        var response = await _gateway.NavigateAsync("/_choices/preview?pass=" + Pass());
        response.Answers(HttpStatusCode.SeeOther);
        Assert.Equal("/", response.Line("Location"));
        Assert.Equal("no-store", response.Line("Cache-Control"));
        Assert.Equal([$"cookies_preferences_preview=g1.{Pass()}; Path=/; HttpOnly; SameSite=Lax"], response.SetCookies());

        var request = Requests.To(new Uri(_gateway.TlsUrl, "/_choices/preview?pass=" + Pass()), HttpMethod.Get, Requests.Navigation);
        var secure = await _gateway.Tls.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([$"cookies_preferences_preview=g1.{Pass()}; Path=/; HttpOnly; SameSite=Lax; Secure"], secure.SetCookies());
    }

    [Fact]
    public async Task With_a_preview_pass_the_site_is_enforced_while_other_browsers_see_it_observed()
    {
        await OthersSeeNothingAsync();
        var page = await _gateway.NavigateAsync("/?200&html", $"{LegacyCookies.Cookies}; {Held()}");
        Assert.Contains(LineOf(Live.Test!), await page.BytesAsync(), StringComparison.Ordinal);
        Assert.Equal(LegacyCookies.Exempt, page.SetCookies().Take(LegacyCookies.Exempt.Length));
        Assert.Equal(LegacyCookies.Necessary, _backend.Received.Last()["Cookie"]);
        await OthersSeeNothingAsync();
    }

    [Theory]
    [InlineData("/?200&html")]
    [InlineData("/?200&image")]
    [InlineData("/_choices/")]
    [InlineData("/_choices/policy")]
    [InlineData("script")]
    public async Task Responses_to_a_preview_pass_are_not_cached(string path)
    {
        var response = await _gateway.NavigateAsync(path == "script" ? Live.Test!.Script.Path : path, Held());
        response.Answers(HttpStatusCode.OK);
        Assert.Equal("private, no-store", response.Line("Cache-Control"));
    }

    [Theory]
    [InlineData("/_choices/policy")]
    [InlineData("/_choices/policy.json")]
    public async Task The_policy_of_an_observed_site_is_shown_to_a_preview_pass_only(string path)
    {
        Assert.Contains("sessionid", await (await _gateway.NavigateAsync(path, Held())).BytesAsync());
        (await _gateway.NavigateAsync(path)).Answers(HttpStatusCode.NotFound);
        Assert.Contains("/_choices/policy?lang=", await (await _gateway.NavigateAsync("/_choices/", Held())).BytesAsync());
    }

    [Theory, MemberData(nameof(SharedCacheTests.Caches), MemberType = typeof(SharedCacheTests))]
    public async Task A_shared_cache_does_not_show_the_preview_to_others(string kind)
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, Observed, WithSecret);
        await using var cache = await SharedCache.StartAsync(kind, gateway.Url, gateway.Url);
        var site = gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];
        var first = await cache.GetAsync("/", "after", [.. Requests.Navigation, ("Cookie", Held())]);
        var second = await cache.GetAsync("/", "after", Requests.Navigation);
        var third = await cache.GetAsync("/", "after", Requests.Navigation);
        Assert.Contains(LineOf(site.Test!), first.Body, StringComparison.Ordinal);
        Assert.Contains(LineOf(site), second.Body, StringComparison.Ordinal);
        Assert.True(third.IsHit);
        Assert.Equal(second.Body, third.Body);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("end moved")]
    [InlineData("of another site")]
    [InlineData("of another secret")]
    [InlineData("over")]
    [InlineData("short")]
    [InlineData("no base64")]
    [InlineData("long")]
    [InlineData("no pass")]
    [InlineData("")]
    public async Task All_invalid_passes_get_the_same_response_and_have_no_effect(string wrong)
    {
        var pass = Pass();
        var library = Live.Config;
        var changed = wrong switch
        {
            "forged" => pass[..^1] + (pass[^1] == 'A' ? 'E' : 'A'),
            "end moved" => (long.Parse(pass.Split('.')[0]) + 60) + "." + pass.Split('.')[1],
            "of another site" => new PreviewPass(Secret).Make(library with { Id = "annex" }, TestSites.Noon),
            "of another secret" => new PreviewPass("another token of his").Make(library, TestSites.Noon),
            "over" => new PreviewPass(Secret).Make(library, TestSites.Noon.AddHours(-1)),
            "short" => pass[..^4],
            "no base64" => pass.Split('.')[0] + ".!!*",
            "long" => pass + "AAAA",
            _ => wrong,
        };
        var response = await _gateway.NavigateAsync("/_choices/preview?pass=" + changed);
        await AssertClosedAsync(response);

        var page = await _gateway.NavigateAsync("/?200&html", $"{LegacyCookies.Cookies}; cookies_preferences_preview=g1.{changed}");
        Assert.Contains(LineOf(Live), await page.BytesAsync(), StringComparison.Ordinal);
        Assert.Equal(LegacyCookies.Lines, page.SetCookies());
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
    }

    [Fact]
    public async Task Without_a_token_or_on_an_enforced_site_no_preview_link_is_valid()
    {
        await using var bare = await TestGateway.StartAsync(AnswerAsync, Observed);
        await AssertClosedAsync(await bare.NavigateAsync("/_choices/preview?pass=" + Pass()));

        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce, ObserveUntil = null });
        await AssertClosedAsync(await _gateway.NavigateAsync("/_choices/preview?pass=" + Pass()));
    }

    [Fact]
    public async Task A_preview_pass_expires_after_an_hour()
    {
        var held = Held();
        _gateway.Time.Advance(PreviewPass.Life - TimeSpan.FromSeconds(1));
        Assert.Contains(LineOf(Live.Test!), await (await _gateway.NavigateAsync("/?200&html", held)).BytesAsync(), StringComparison.Ordinal);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(LineOf(Live), await (await _gateway.NavigateAsync("/?200&html", held)).BytesAsync(), StringComparison.Ordinal);
        (await _gateway.Client.ChooseAsync(Flow.Refuse, ("Cookie", held))).Answers(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_choice_in_a_preview_is_separate_and_expires_with_it()
    {
        var response = await _gateway.Client.ChooseAsync("{\"choice\":\"accept\"}", ("Cookie", $"{Held()}; {Kept}"));
        response.Answers(HttpStatusCode.NoContent);
        var line = Assert.Single(response.SetCookies(), line => !line.Contains("Max-Age=0", StringComparison.Ordinal));
        Assert.Matches("^cookies_preferences_test=g1\\.\\d+~advertising\\.[\\w-]+\\.1~statistics\\.[\\w-]+\\.1; Max-Age=3600; Path=/; SameSite=Lax$", line);
        Assert.DoesNotContain(response.SetCookies(), one => one.StartsWith("cookies_preferences=", StringComparison.Ordinal));
        var choice = line.Split(';')[0];

        var page = await _gateway.NavigateAsync("/?200&json", $"{LegacyCookies.Cookies}; {choice}; {Held()}; {Kept}");
        Assert.Equal(LegacyCookies.WithAll, page.SetCookies().Take(LegacyCookies.WithAll.Length));
        Assert.Equal(LegacyCookies.All, _backend.Received.Last()["Cookie"]);

        // As soon as the site is enforced, the choice of the preview is ignored.
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce, ObserveUntil = null });
        page = await _gateway.NavigateAsync("/?200&html", choice);
        Assert.Equal(LegacyCookies.Exempt, page.SetCookies().Take(LegacyCookies.Exempt.Length));
        Assert.Null(_backend.Received.Last()["Cookie"]);
    }

    [Fact]
    public async Task A_real_choice_is_kept_and_does_not_apply_to_a_preview()
    {
        var page = await _gateway.NavigateAsync("/?200&html", $"{Kept}; {Held()}");
        Assert.DoesNotContain(page.SetCookies(), line => line.StartsWith("cookies_preferences=", StringComparison.Ordinal));
        Assert.Null(_backend.Received.Last()["Cookie"]);
        Assert.Contains("You have not decided yet.", await (await _gateway.NavigateAsync("/_choices/", $"{Kept}; {Held()}")).BytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_page_of_a_preview_says_that_it_is_a_test()
    {
        const string Note = "Test: only this browser sees this question, and its answer does not count.";
        Assert.Contains(Note, await (await _gateway.NavigateAsync("/_choices/", Held())).BytesAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Note, await (await _gateway.NavigateAsync("/_choices/")).BytesAsync(), StringComparison.Ordinal);
    }

    private Site Live => _gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0];

    private static string Pass() => new PreviewPass(Secret).Make(TestSites.Library("http://x"), TestSites.Noon);

    private static string Held() => $"cookies_preferences_preview=g1.{Pass()}";

    private static string LineOf(Site site) => System.Text.Encoding.ASCII.GetString(site.Script.Line);

    private static SiteConfig Observed(SiteConfig site) => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today };

    private static GatewayConfig WithSecret(GatewayConfig config) => config with { Operator = config.Operator with { Token = Secret } };

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=60";
        context.Response.Headers["CDN-Cache-Control"] = "max-age=60";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Requests.Html);
    }

    private static async Task AssertClosedAsync(HttpResponseMessage response)
    {
        response.Answers(HttpStatusCode.NotFound);
        Assert.Equal("no-store", response.Line("Cache-Control"));
        Assert.Empty(response.SetCookies());
        Assert.Equal(
            "This link is not valid, or it has expired: it is valid for an hour. \"gateway preview --link\" makes a new one.\n",
            await response.BytesAsync());
    }

    private async Task OthersSeeNothingAsync()
    {
        var page = await _gateway.NavigateAsync("/?200&html", LegacyCookies.Cookies);
        Assert.Contains(LineOf(Live), await page.BytesAsync(), StringComparison.Ordinal);
        Assert.Equal("max-age=60", page.Line("Cache-Control"));
        Assert.Equal(LegacyCookies.Lines, page.SetCookies());
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
    }
}
