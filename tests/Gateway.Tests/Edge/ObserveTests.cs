using System.Net;
using System.Text;
using Gateway.Edge;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>
/// Observe removes nothing, shows nothing and accepts no choice. It logs what enforce would remove, and the guard in pages reports what scripts
/// write. Off changes nothing and logs nothing.
/// </summary>
public sealed class ObserveTests : IAsyncLifetime
{
    private RawBackend _backend = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = RawBackend.Start(LegacyCookies.Answer);
        _gateway = await TestGateway.StartAsync(
            [TestSites.Library(_backend.Url.ToString()) with { Mode = SiteMode.Observe, ObserveUntil = new DateOnly(2026, 12, 1) }]);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("200&html")]
    [InlineData("404&json")]
    [InlineData("302&none")]
    public async Task Observe_removes_and_changes_nothing_and_adds_only_the_script(string cell)
    {
        var response = await _gateway.NavigateAsync("/?" + cell, LegacyCookies.Cookies);
        Assert.Equal(LegacyCookies.Lines, response.SetCookies());
        Assert.Equal("max-age=60", response.Line("Cache-Control"));
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
        if (cell != "200&html")
        {
            Assert.Empty(response.Lines("Vary"));
            return;
        }

        Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", response.Line("Vary"));
        var line = Encoding.ASCII.GetString(_gateway.Services.GetRequiredService<LiveSnapshot>().Current.Sites[0].Script.Line);
        Assert.Equal(Requests.Html.Replace("<head>", "<head>" + line, StringComparison.Ordinal), await response.BytesAsync());
    }

    [Theory]
    [InlineData("200&html")]
    [InlineData("404&json")]
    [InlineData("302&none")]
    public async Task Off_changes_and_logs_nothing(string cell)
    {
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Off });
        var response = await _gateway.NavigateAsync("/?" + cell, LegacyCookies.Cookies);
        Assert.Equal(LegacyCookies.Lines, response.SetCookies());
        Assert.Equal("max-age=60", response.Line("Cache-Control"));
        Assert.Empty(response.Lines("Vary"));
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
        if (cell == "200&html")
            Assert.Equal(Requests.Html, await response.BytesAsync());
        Assert.DoesNotContain(_gateway.Log, line => line.Contains("Site library", StringComparison.Ordinal));
    }

    // An empty table would state that the site uses no cookies.
    [Theory]
    [InlineData("Observe", "/_choices/policy")]
    [InlineData("Observe", "/_choices/policy.json")]
    [InlineData("Off", "/_choices/policy")]
    public async Task The_policy_of_a_site_that_is_not_enforced_is_not_published(string mode, string path)
    {
        await _gateway.SwapAsync(site => site with { Mode = Enum.Parse<SiteMode>(mode) });
        var response = await _gateway.NavigateAsync(path);
        response.Answers(HttpStatusCode.NotFound);
        Assert.Equal("The cookie policy of this site is not published yet.\n", await response.BytesAsync());
        Assert.DoesNotContain("/policy", await (await _gateway.NavigateAsync("/_choices/")).BytesAsync());
    }

    [Fact]
    public async Task Off_does_not_forward_an_old_consent_cookie()
    {
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Off });
        (await _gateway.Client.ChooseAsync(Flow.Refuse)).Answers(HttpStatusCode.Conflict);
        await _gateway.NavigateAsync("/?200&html", $"{LegacyCookies.Cookies}; cookies_preferences=g1.20780~statistics.AAAAAA.0");
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
    }

    [Fact]
    public async Task Observe_accepts_no_choice_and_ignores_and_keeps_an_old_consent_cookie()
    {
        var response = await _gateway.Client.ChooseAsync(Flow.Refuse, ("Cookie", LegacyCookies.Cookies));
        response.Answers(HttpStatusCode.Conflict);
        Assert.Empty(response.SetCookies());
        Assert.Equal(LegacyCookies.Lines, (await _gateway.NavigateAsync("/?200&html", $"{LegacyCookies.Cookies}; cookies_preferences=g1.20780~statistics.AAAAAA.0")).SetCookies());
        Assert.Equal(LegacyCookies.Cookies, _backend.Received.Last()["Cookie"]);
    }

    [Fact]
    public async Task Observe_logs_what_enforce_would_remove_by_name_and_never_by_value()
    {
        await _gateway.NavigateAsync("/?200&html", LegacyCookies.Cookies + "; wordpress_logged_in_0123456789abcdef0123=secret; mail@example.org=1");
        var log = _gateway.Log.Where(line => line.Contains("Site library", StringComparison.Ordinal)).ToList();
        Assert.Contains("Site library (observe): would remove cookie _ga from a request: its category was not granted.", log);
        Assert.Contains("Site library (observe): would remove cookie _gid from a request: it is not in the cookie table.", log);
        Assert.Contains("Site library (observe): would remove cookie wordpress_logged_in_* from a request: it is not in the cookie table.", log);
        Assert.Contains("Site library (observe): would remove cookie * from a request: it is not in the cookie table.", log);
        Assert.Contains("Site library (observe): would remove or shorten Set-Cookie SESSIONID: it is not in the cookie table.", log);
        Assert.Contains("Site library (observe): would remove or shorten Set-Cookie _ga: its category was not granted.", log);
        Assert.Contains("Site library (observe): would remove or shorten Set-Cookie sessionid: its lifetime is longer than declared.", log);
        Assert.All(log, line => Assert.StartsWith("Site library (observe): would ", line, StringComparison.Ordinal));
        AssertNoValues(_gateway.Log);
    }

    [Fact]
    public async Task Enforce_logs_undeclared_cookies_by_name_and_never_by_value()
    {
        await _gateway.SwapAsync(site => site with { Mode = SiteMode.Enforce });
        await _gateway.NavigateAsync("/?200&html", LegacyCookies.Cookies);
        Assert.Contains("Site library: removed cookie _gid from a request: it is not in the cookie table.", _gateway.Log);
        Assert.Contains("Site library: removed or shortened Set-Cookie SESSIONID: it is not in the cookie table.", _gateway.Log);
        Assert.DoesNotContain(_gateway.Log, line => line.Contains("cookie _ga ", StringComparison.Ordinal));
        AssertNoValues(_gateway.Log);
    }

    private static void AssertNoValues(IEnumerable<string> log)
    {
        foreach (var value in new[] { "GA1.2.3", "a=b", "caf", "x y", "secret", "0123456789", "mail", "another name", "abc=def", "g1.20", "GET ", "?200" })
            Assert.DoesNotContain(log, line => line.Contains(value, StringComparison.Ordinal));
    }
}
