using System.Net;
using System.Text;
using Gateway.Edge.Cookies;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>
/// Cookies know neither ports nor schemes. A name that is not in the table can be the session of another application on the same host: it never
/// reaches the backend, but it stays in the browser, unless the site was seen to write it or it is a known tracker.
/// </summary>
public class OtherApplicationsTests
{
    private const string Theirs = "OTHERAPP_SESSION";

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html";
        if (context.Request.Query["write"] is [{ } line])
            context.Response.Headers.SetCookie = line;
        return context.Response.WriteAsync(Requests.Html);
    }

    private static Task<TestGateway> StartAsync(Func<SiteConfig, SiteConfig>? site = null) => TestGateway.StartAsync(
        AnswerAsync, site, config => config with { TrustedProxies = ["127.0.0.1"] });

    private static Visitor WithTheirSession(TestGateway gateway)
    {
        var visitor = new Visitor(gateway);
        visitor.Jar.Take(visitor.Address("/"), $"{Theirs}=abc; Path=/; HttpOnly");
        return visitor;
    }

    public static TheoryData<bool> Tables => [true, false];

    [Theory, MemberData(nameof(Tables))]
    public async Task The_session_of_another_application_is_cut_from_requests_and_stays_in_the_browser(bool isExempt)
    {
        await using var gateway = await StartAsync(isExempt ? TestSites.Exempt : null);
        var visitor = WithTheirSession(gateway);
        Assert.Empty((await visitor.NavigateAsync("/a/b")).SetCookies());
        foreach (var choice in new[] { Flow.Refuse, Flow.Accept, Flow.Save("statistics") })
        {
            await visitor.ChooseAsync(choice);
            if (!isExempt)
                await visitor.SubmitAsync("refuse");
            await visitor.NavigateAsync("/");
            Assert.Contains(Theirs, visitor.Jar.Names);
        }

        Assert.All(gateway.Received, request => Assert.Null(request.Cookie));
    }

    [Theory]
    [InlineData($"{Theirs}=1; Path=/")]
    [InlineData($"{Theirs}=1; Path=/elsewhere; Max-Age=60; HttpOnly")]
    public async Task A_name_that_the_backend_writes_is_deleted_from_then_on(string line)
    {
        await using var gateway = await StartAsync();
        var visitor = WithTheirSession(gateway);
        await new Visitor(gateway).NavigateAsync("/?write=" + Uri.EscapeDataString(line));
        await visitor.NavigateAsync("/");
        Assert.DoesNotContain(Theirs, visitor.Jar.Names);
    }

    [Fact]
    public async Task The_same_response_that_writes_a_name_deletes_it()
    {
        await using var gateway = await StartAsync();
        var response = await gateway.NavigateAsync($"/?write={Theirs}=1", $"{Theirs}=1");
        Assert.Equal([Theirs + LegacyCookies.Expired, Theirs + LegacyCookies.ExpiredPart], response.SetCookies());
    }

    [Theory]
    [InlineData($"{Theirs}=; Max-Age=0")]
    [InlineData($"{Theirs}_2=1")]
    [InlineData("otherapp_session=1")]
    public async Task A_deletion_or_another_name_is_no_write(string line)
    {
        await using var gateway = await StartAsync();
        await new Visitor(gateway).NavigateAsync("/?write=" + Uri.EscapeDataString(line));
        Assert.Empty((await gateway.NavigateAsync("/", $"{Theirs}=1")).SetCookies());
    }

    /// <summary>The refusal of a form is answered with a page of the site, which deletes what the answer to the form could not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_deletes_what_the_site_writes_and_known_trackers(bool byForm)
    {
        await using var gateway = await StartAsync();
        var visitor = WithTheirSession(gateway);
        visitor.Jar.Take(visitor.Address("/"), "_fbp=1; Path=/", "theirs=1; Path=/", "written=1; Path=/", "NID=1; Path=/");
        await new Visitor(gateway).NavigateAsync("/?write=written=1");
        await (byForm ? visitor.SubmitAsync("refuse") : visitor.ChooseAsync(Flow.Refuse));
        Assert.Equal(["NID", Theirs, "cookies_preferences", "theirs"], visitor.Jar.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_report_of_the_guard_counts_for_the_network_that_sent_it()
    {
        await using var gateway = await StartAsync();
        await ReportAsync(gateway, "198.51.100.7", Theirs, "caf\u00E9");
        Assert.Equal([Theirs + LegacyCookies.Expired, Theirs + LegacyCookies.ExpiredPart], await DeletedAsync(gateway, "198.51.100.7", Theirs));
        Assert.Empty(await DeletedAsync(gateway, "198.51.100.8", Theirs));
        Assert.NotEmpty(await DeletedAsync(gateway, "198.51.100.7", "caf\u00C3\u00A9"));

        await ReportAsync(gateway, "2001:db8:0:7::1", Theirs);
        Assert.NotEmpty(await DeletedAsync(gateway, "2001:db8:0:7::2", Theirs));
        Assert.Empty(await DeletedAsync(gateway, "2001:db8:0:8::1", Theirs));
    }

    [Fact]
    public async Task A_network_has_a_bound_and_reports_are_forgotten_after_a_day()
    {
        await using var gateway = await StartAsync();
        await ReportAsync(gateway, "198.51.100.7", [.. Enumerable.Range(0, 2 * WrittenNames.MostReported).Select(i => $"invented{i}")]);
        await ReportAsync(gateway, "198.51.100.7", "late");
        Assert.Empty(await DeletedAsync(gateway, "198.51.100.7", "late"));
        Assert.NotEmpty(await DeletedAsync(gateway, "198.51.100.7", "invented1"));

        gateway.Time.Advance(TimeSpan.FromHours(25));
        Assert.Empty(await DeletedAsync(gateway, "198.51.100.7", "invented1"));
    }

    /// <summary>Behind a terminator that is no declared proxy, all visitors have one address: nobody may report for all of them.</summary>
    [Fact]
    public async Task Without_the_address_of_the_client_a_report_deletes_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, site => site with { PublicUrl = "https://localhost" });
        await ReportAsync(gateway, "198.51.100.7", Theirs);
        Assert.Empty((await gateway.NavigateAsync("/", $"{Theirs}=1")).SetCookies());
    }

    [Fact]
    public async Task Observe_tells_which_cookies_would_be_deleted_in_the_browser()
    {
        await using var gateway = await StartAsync(site => site with { Mode = SiteMode.Observe, ObserveUntil = TestSites.Today });
        Assert.Empty((await gateway.NavigateAsync("/", $"{Theirs}=1; _ga=1; _gid=1; sessionid=1")).SetCookies());
        string[] deleted = ["_ga in the browser: its category was not granted", "_gid in the browser: it is not in the cookie table"];
        Assert.Equal(deleted.Select(end => $"Site library (observe): would delete cookie {end}."), Deletions());

        await gateway.NavigateAsync($"/?write={Theirs}=1", $"{Theirs}=1");
        Assert.Equal($"Site library (observe): would delete cookie {Theirs} in the browser: it is not in the cookie table.", Deletions().Last());

        IEnumerable<string> Deletions() => gateway.Log.Where(line => line.Contains("would delete", StringComparison.Ordinal));
    }

    private static async Task ReportAsync(TestGateway gateway, string client, params string[] names)
    {
        foreach (var chunk in names.Chunk(50))
        {
            var request = Requests.To(new Uri(gateway.Url, "/_choices/refused"), HttpMethod.Post, [("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-For", client)]);
            var pairs = chunk.Select(name => $"[\"cookie\",\"{name}\"]");
            request.Content = new StringContent($"[{string.Join(',', pairs)}]", Encoding.UTF8, "application/json");
            (await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Answers(HttpStatusCode.NoContent);
        }
    }

    private static async Task<IReadOnlyList<string>> DeletedAsync(TestGateway gateway, string client, string name) =>
        (await gateway.GetAsync("/", [.. Requests.Navigation, ("X-Forwarded-For", client), ("Cookie", $"{name}=1")])).SetCookies();
}
