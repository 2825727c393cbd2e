using System.Net;
using System.Text.RegularExpressions;
using Gateway.Consent;
using Gateway.Edge.Endpoints;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>Requests that try to exhaust resources or to bypass the consent.</summary>
public class HostileRequestsTests
{
    [Fact]
    public void A_client_over_its_own_limit_does_not_use_up_the_limit_for_all()
    {
        using var limits = new DisposedLimits();
        var greedy = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 40_000; i++)
            limits.Value.Take(greedy, "library");
        Assert.False(limits.Value.Take(greedy, "library"));
        Assert.True(limits.Value.Take(greedy, "museum"));
        Assert.True(limits.Value.Take(IPAddress.Parse("192.0.2.2"), "library"));
    }

    [Fact]
    public void Addresses_in_one_IPv6_64_network_are_one_client()
    {
        using var limits = new DisposedLimits();
        for (var i = 0; i < PostLimits.Burst; i++)
            Assert.True(limits.Value.Take(IPAddress.Parse($"2001:db8::{i:x}"), "library"));
        Assert.False(limits.Value.Take(IPAddress.Parse("2001:db8::ffff"), "library"));
        Assert.True(limits.Value.Take(IPAddress.Parse("2001:db8:0:1::1"), "library"));
    }

    [Fact]
    public void Many_clients_together_do_not_use_up_the_choice_of_another_one()
    {
        using var limits = new DisposedLimits();
        for (var i = 0; i < 30_000; i++)
            Assert.True(limits.Value.Take(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]), "library"));
        Assert.True(limits.Value.Take(IPAddress.Parse("192.0.2.1"), "library"));
    }

    [Fact]
    public async Task More_copies_of_the_consent_cookie_than_a_browser_can_have_count_as_no_choice()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        var granted = (await gateway.Client.ChooseAsync("{\"choice\":\"accept\"}")).SetCookies()[0].Split(';')[0];
        await gateway.NavigateAsync("/", string.Join("; ", Enumerable.Repeat(granted, 8)) + "; _ga=1");
        Assert.Equal("_ga=1", gateway.Received[^1].Cookie);
        await gateway.NavigateAsync("/", string.Join("; ", Enumerable.Repeat(granted, 9)) + "; _ga=1");
        Assert.Null(gateway.Received[^1].Cookie);
    }

    [Fact]
    public void A_header_full_of_consent_cookies_with_different_categories_costs_as_much_as_eight_of_them()
    {
        var rules = TestSites.Compiled(TestSites.Library("")).Rules;
        static string Copy(int i) => "g1.20000" + string.Concat(Enumerable.Range(0, 5).Select(j => $"~c{i}x{j}.abcdef.1"));
        var header = string.Join("; ", Enumerable.Range(0, 1_620).Select(i => $"{rules.Cookie.Name}={Copy(i)}"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = ConsentCookie.Read(header, rules, TestSites.Noon);
        Assert.Null(reading.State.Day);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    /// <summary>Old browsers do not know <c>frame-ancestors</c>.</summary>
    [Fact]
    public async Task No_page_of_the_gateway_can_be_framed()
    {
        await using var gateway = await TestGateway.StartAsync(_ => Task.CompletedTask, site => site with { Policy = site.Policy with { Paths = ["/cookies"] } });
        string[] paths = ["/_choices/", "/_choices/policy", "/_choices/policy.json", "/_choices/preview", "/_choices/choice", "/_choices/refused", "/_choices/none", "/_choices", "/cookies"];
        foreach (var path in paths)
            Assert.Equal((path, "DENY"), (path, (await gateway.NavigateAsync(path)).Line("X-Frame-Options")));
        Assert.Null((await gateway.NavigateAsync("/page")).Line("X-Frame-Options"));
        using var client = new HttpClient();
        Assert.Equal("DENY", (await client.GetAsync(new Uri(gateway.OperatorUrl, "/health"), TestContext.Current.CancellationToken)).Line("X-Frame-Options"));
    }

    [Theory]
    [InlineData("{\"choice\":\"\\ud800\"}")]
    [InlineData("{\"choice\":\"save\",\"granted\":[\"\\udfff\"]}")]
    [InlineData("{\"choice\":\"\u00ff\"}")]
    [InlineData("\u00ff\u00fe")]
    public async Task A_choice_that_is_not_valid_text_is_answered_with_400(string body)
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        var answer = await gateway.RawAsync(
            $"POST /_choices/choice HTTP/1.1\nHost: localhost\nOrigin: http://localhost\nContent-Type: application/json\nContent-Length: {body.Length}\nConnection: close\n\n{body}");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visitors_behind_an_undeclared_TLS_terminator_do_not_share_one_limit()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml, site => site with { PublicUrl = "https://localhost" });
        for (var i = 0; i <= PostLimits.Burst; i++)
            (await gateway.Client.ChooseAsync("{\"choice\":\"refuse\"}", ("Origin", "https://localhost"))).Answers(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Thousands_of_invented_cookie_names_give_a_few_log_lines_once()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        var names = string.Join("; ", Enumerable.Range(0, 5_000).Select(i => $"x{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676))}=1"));
        for (var i = 0; i < 3; i++)
            await gateway.NavigateAsync("/", names);
        Assert.InRange(gateway.Log.Count(line => line.Contains("removed cookie", StringComparison.Ordinal)), 1, 20);
    }

    [Fact]
    public async Task A_request_with_a_long_path_and_cookies_to_delete_gets_its_response()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        var response = await gateway.NavigateAsync("/" + string.Concat(Enumerable.Repeat("a/", 3_900)) + "%20", "_ga=1; ad=2; zz=3");
        response.Answers(HttpStatusCode.OK);
        Assert.InRange(response.SetCookies().Count, 1, 20);
    }

    [Fact]
    public async Task Fetch_metadata_alone_decides_whether_a_request_is_a_navigation()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        foreach (var mark in new[] { "HX-Request", "X-Requested-With", "Turbo-Frame" })
        {
            var response = await gateway.GetAsync("/", [.. Requests.Navigation, (mark, "com.example.app")]);
            Assert.Contains("data-gateway", await response.BytesAsync(), StringComparison.Ordinal);
            Assert.Equal("Sec-Fetch-Dest, Upgrade-Insecure-Requests", response.Line("Vary"));
        }

        var fragment = await gateway.GetAsync("/", [.. Requests.PlainNavigation, ("HX-Request", "true")]);
        Assert.DoesNotContain("data-gateway", await fragment.BytesAsync(), StringComparison.Ordinal);
        Assert.Equal("Accept, X-Requested-With, HX-Request", fragment.Line("Vary"));
    }

    [Fact]
    public async Task Without_fetch_metadata_a_page_reached_from_another_site_deletes_nothing_unless_the_consent_cookie_was_sent()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml);
        (string, string)[] from(string referer, string cookie) => [.. Requests.PlainNavigation, ("Referer", referer), ("Cookie", cookie)];
        Assert.Empty((await gateway.GetAsync("/", from("http://elsewhere.example/", "_ga=1"))).SetCookies());
        Assert.NotEmpty((await gateway.GetAsync("/", from("http://localhost/", "_ga=1"))).SetCookies());
        var refused = (await gateway.Client.ChooseAsync("{\"choice\":\"refuse\"}")).SetCookies()[0].Split(';')[0];
        Assert.NotEmpty((await gateway.GetAsync("/", from("http://elsewhere.example/", $"_ga=1; {refused}"))).SetCookies());
    }

    [Fact]
    public async Task A_new_audience_cookie_on_the_last_day_of_a_choice_does_not_delete_the_consent_cookie()
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.Headers.Append("Set-Cookie", "_pk_id.1=a; Max-Age=600");
            return AnswerHtml(context);
        });
        var choice = (await gateway.Client.ChooseAsync("{\"choice\":\"refuse\"}")).SetCookies()[0].Split(';')[0];
        gateway.Time.Advance(TimeSpan.FromDays(182));
        Assert.Equal(["_pk_id.1=a; Max-Age=600"], (await gateway.NavigateAsync("/", choice)).SetCookies());
    }

    [Theory]
    [InlineData(false, "gzip, br")]
    [InlineData(true, "gzip, br, zstd")]
    public async Task A_site_that_is_not_enforced_keeps_its_own_policy_page_and_if_off_its_content_codings(bool isOff, string codings)
    {
        await using var gateway = await TestGateway.StartAsync(AnswerHtml, site => site with
        {
            Mode = isOff ? SiteMode.Off : SiteMode.Observe,
            ObserveUntil = TestSites.Today,
            Policy = site.Policy with { Paths = ["/cookies"] },
        });
        var page = await (await gateway.GetAsync("/cookies", [.. Requests.Navigation, ("Accept-Encoding", "gzip, br, zstd")])).BytesAsync();
        Assert.Equal(Requests.Html, Regex.Replace(page, "<script src=\"/_choices/[0-9a-f]{16}\\.js\" data-gateway=\"\"></script>", ""));
        Assert.Equal(isOff, page == Requests.Html);
        Assert.Equal(codings, gateway.Received[0].Headers.AcceptEncoding);
    }

    private static Task AnswerHtml(HttpContext context)
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(Requests.Html);
    }

    private sealed class DisposedLimits : IDisposable
    {
        public PostLimits Value { get; } = new();

        public void Dispose() => Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
