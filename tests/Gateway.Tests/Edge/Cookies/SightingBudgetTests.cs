using System.Text;
using Gateway.Edge.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>A stranger who invents thousands of names hides no other name from the log.</summary>
public sealed class SightingBudgetTests : IAsyncLifetime
{
    private Support.Backend _backend = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await Support.Backend.StartAsync(context =>
        {
            if (context.Request.Query["write"] is [{ } line])
                context.Response.Headers.SetCookie = line;
            return Task.CompletedTask;
        });
        var library = TestSites.Library(_backend.Url.ToString()) with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today };
        _gateway = await TestGateway.StartAsync([library, library with { Id = "other", Hosts = ["other.test"] }], config => config with { TrustedProxies = ["127.0.0.1"] });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_flood_of_invented_names_hides_neither_other_sources_nor_sites_nor_clients()
    {
        await FloodAsync(20, "198.51.100.7");
        Assert.InRange(Lines("from a request"), SightingBudget.MostOfOneNetwork, SightingBudget.MostOfOneNetwork);

        await SendAsync("198.51.100.8", "theirs=1");
        await SendAsync("198.51.100.7", "_ga=1");
        await SendAsync("198.51.100.7", "fresh=1", host: "other.test");
        await SendAsync("198.51.100.7", "", "/?write=set=1");
        await ReportAsync("198.51.100.8", "scripted");
        Assert.Contains("Site library (observe): would remove cookie theirs from a request: it is not in the cookie table.", _gateway.Log);
        Assert.Contains("Site library (observe): would remove cookie _ga from a request: its category was not granted.", _gateway.Log);
        Assert.Contains("Site other (observe): would remove cookie fresh from a request: it is not in the cookie table.", _gateway.Log);
        Assert.Contains("Site library (observe): would remove or shorten Set-Cookie set: it is not in the cookie table.", _gateway.Log);
        Assert.Contains("Site library (observe): would block a script from writing cookie scripted: it is not in the cookie table.", _gateway.Log);
    }

    [Fact]
    public async Task A_name_that_one_client_had_no_room_for_is_logged_for_another()
    {
        await FloodAsync(20, "198.51.100.7");
        await SendAsync("198.51.100.7", "theirs=1");
        Assert.Equal(0, Lines("cookie theirs "));
        await SendAsync("198.51.100.8", "theirs=1");
        Assert.Equal(1, Lines("cookie theirs "));
    }

    [Fact]
    public async Task Many_clients_together_use_up_the_budget_of_one_source_of_one_site_for_an_hour()
    {
        for (var client = 1; client < 8; client++)
            await FloodAsync(5, $"198.51.100.{client}");
        Assert.Equal(SightingBudget.Most, Lines("from a request"));
        Assert.Contains("Site library: 200 different names were logged from requests. Further ones are not logged for up to an hour.", _gateway.Log);
        await SendAsync("198.51.100.9", "", "/?write=set=1");
        await SendAsync("198.51.100.9", "_ga=1");
        Assert.Equal(SightingBudget.Most + 1, Lines("from a request"));
        Assert.Equal(1, Lines("Set-Cookie set:"));

        _gateway.Time.Advance(TimeSpan.FromHours(2));
        await SendAsync("198.51.100.9", "late=1");
        Assert.Equal(1, Lines("cookie late "));
    }

    [Fact]
    public async Task Patterns_count_and_not_names()
    {
        for (var i = 0; i < 100; i++)
            await SendAsync("198.51.100.7", string.Join("; ", Enumerable.Range(i * 20, 20).Select(number => $"sess_{number}=1")));
        await SendAsync("198.51.100.7", "theirs=1");
        Assert.Equal(1, Lines("cookie sess_* "));
        Assert.Equal(1, Lines("cookie theirs "));
    }

    private int _next;

    // Names without digits are patterns of their own.
    private async Task FloodAsync(int requests, string client)
    {
        for (var i = 0; i < requests; i++)
            await SendAsync(client, string.Join("; ", Enumerable.Range(0, 20).Select(_ => $"{Letters(_next++)}=1")));
    }

    private static string Letters(int number) => new([.. $"{number:D6}".Select(digit => (char)('g' + digit - '0'))]);

    private Task<HttpResponseMessage> SendAsync(string client, string cookies, string path = "/", string host = "localhost") =>
        _gateway.GetAsync(path, [.. Requests.ByScript, ("Host", host), ("X-Forwarded-For", client), .. cookies == "" ? [] : new[] { ("Cookie", cookies) }]);

    private Task<HttpResponseMessage> ReportAsync(string client, string name)
    {
        var request = Requests.To(new Uri(_gateway.Url, "/_choices/refused"), HttpMethod.Post, [("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-For", client)]);
        request.Content = new StringContent($"[[\"cookie\",\"{name}\"]]", Encoding.UTF8, "application/json");
        return _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private int Lines(string text) => _gateway.Log.Count(line => line.Contains(text, StringComparison.Ordinal));
}
