using System.Net;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;
using static Gateway.Tests.Edge.Documents.ThirdPartySite;

namespace Gateway.Tests.Edge.Documents;

/// <summary>The policy that keeps pages from loading content from hosts that the visitor did not allow.</summary>
public sealed class ThirdPartyHeadersTests
{
    private const string Statistics = " http://stats.example.net ws://stats.example.net";

    private const string Everything = $"{Own} https://cdn.example.net wss://cdn.example.net{Statistics}";

    private static readonly (string, string)[] Frame = [("Accept", "text/html"), .. Requests.Fetch("iframe", "navigate", "same-origin")];

    [Fact]
    public async Task A_page_may_load_from_its_own_host_from_exempt_hosts_and_from_granted_hosts()
    {
        await using var gateway = await StartAsync(context => PageAsync(context));
        var visitor = new Visitor(gateway);

        Assert.Equal([$"{Own} https://cdn.example.net wss://cdn.example.net"], Policies(await visitor.NavigateAsync("/")));
        await visitor.ChooseAsync("""{"choice":"refuse"}""");
        Assert.Equal([$"{Own} https://cdn.example.net wss://cdn.example.net"], Policies(await visitor.NavigateAsync("/")));
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");
        Assert.Equal([Everything], Policies(await visitor.NavigateAsync("/")));
        await visitor.ChooseAsync("""{"choice":"accept"}""");
        Assert.Equal(
            [$"{Everything}; frame-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:{Everything[Own.IndexOf(" http:", StringComparison.Ordinal)..]} http://*.ads.example.net ws://*.ads.example.net"],
            Policies(await visitor.NavigateAsync("/")));
    }

    [Fact]
    public async Task A_browser_signal_withdraws_the_hosts_that_sell_data()
    {
        await using var gateway = await StartAsync(context => PageAsync(context));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        Assert.Equal([Everything], Policies(await visitor.SendAsync(HttpMethod.Get, "/", [.. Requests.Navigation, ("Sec-GPC", "1")])));
    }

    [Fact]
    public async Task The_policy_names_the_public_address_and_the_own_hosts()
    {
        await using var gateway = await StartAsync(context => PageAsync(context), site => site with
        {
            Hosts = ["localhost", "www.example.org"],
            PublicUrl = "https://www.example.org:8443",
            OwnHosts = ["*.static.example.org", "http://img.example.org:81/a/"],
            Cookies = [],
        });

        Assert.Equal(
            ["default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: http://www.example.org:8443 ws://www.example.org:8443 http://localhost ws://localhost "
                + "http://www.example.org ws://www.example.org http://*.static.example.org ws://*.static.example.org http://img.example.org:81/a/ ws://img.example.org:81/a/"],
            Policies(await gateway.NavigateAsync("/")));
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", 200)]
    [InlineData("application/xhtml+xml", 200)]
    [InlineData("image/svg+xml", 200)]
    [InlineData("text/xml", 200)]
    [InlineData(null, 200)]
    [InlineData("text/html", 404)]
    [InlineData("text/html", 500)]
    [InlineData("text/html", 302)]
    public async Task Every_answer_to_a_navigation_in_which_scripts_may_run_has_the_visitors_policy_and_is_private(string? type, int status)
    {
        await using var gateway = await StartAsync(context => AnswerAsync(context, type, status));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");

        foreach (var headers in new[] { Requests.Navigation, Requests.PlainNavigation, Frame })
        {
            var answer = await visitor.SendAsync(HttpMethod.Get, "/", headers);
            Assert.Equal([Everything], Policies(answer));
            Assert.Equal("max-age=60, private, no-cache", answer.Line("Cache-Control"));
        }
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/plain")]
    [InlineData("text/css")]
    [InlineData("text/javascript")]
    [InlineData("application/json")]
    public async Task What_is_no_page_has_a_policy_without_third_parties_and_stays_cacheable(string type)
    {
        await using var gateway = await StartAsync(context => AnswerAsync(context, type, 200));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        foreach (var headers in new[] { Requests.Navigation, Requests.PlainNavigation, Requests.Image, Requests.ByScript })
        {
            var answer = await visitor.SendAsync(HttpMethod.Get, "/", headers);
            Assert.Equal([Own], Policies(answer));
            Assert.Equal("max-age=60", answer.Line("Cache-Control"));
        }
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("sharedworker")]
    public async Task The_script_of_a_worker_has_the_visitors_policy(string destination)
    {
        await using var gateway = await StartAsync(context => AnswerAsync(context, "text/javascript", 200));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");

        var answer = await visitor.SendAsync(HttpMethod.Get, "/worker.js", Requests.Fetch(destination, "same-origin", "same-origin"));
        Assert.Equal([Everything], Policies(answer));
        Assert.Equal("max-age=60, private, no-cache", answer.Line("Cache-Control"));
    }

    [Fact]
    public async Task A_policy_of_the_page_stays_and_the_line_gets_room_in_it()
    {
        await using var gateway = await StartAsync(context => PageAsync(context, ("Content-Security-Policy", "script-src 'nonce-abc'; img-src *")));

        var answer = await gateway.NavigateAsync("/");
        Assert.Equal("script-src 'nonce-abc'; img-src *", answer.Lines("Content-Security-Policy")[0]);
        Assert.StartsWith(Own, answer.Lines("Content-Security-Policy")[1], StringComparison.Ordinal);
        Assert.Contains("nonce=\"abc\"", await answer.BytesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_cached_before_a_decision_is_fetched_again_and_after_it_only_validated()
    {
        await using var gateway = await StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            if (context.Request.Headers.IfNoneMatch == "\"1\"")
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            return PageAsync(context);
        });
        var visitor = new Visitor(gateway);
        var before = (await visitor.NavigateAsync("/")).Line("ETag")!;
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");

        var changed = await visitor.SendAsync(HttpMethod.Get, "/", [.. Requests.Navigation, ("If-None-Match", before)]);
        changed.Answers(HttpStatusCode.OK);
        Assert.Equal([Everything], Policies(changed));

        var same = await visitor.SendAsync(HttpMethod.Get, "/", [.. Requests.Navigation, ("If-None-Match", changed.Line("ETag")!)]);
        same.Answers(HttpStatusCode.NotModified);
        Assert.Equal([Everything], Policies(same));
    }

    [Theory]
    [InlineData("prefetch")]
    [InlineData("prefetch;prerender")]
    [InlineData("prefetch;anonymous-client-ip")]
    public async Task A_page_is_not_rendered_in_advance(string purpose)
    {
        await using var gateway = await StartAsync(context => PageAsync(context));

        var answer = await gateway.GetAsync("/", [.. Requests.Navigation, ("Sec-Purpose", purpose)]);
        answer.Answers(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("no-store", answer.Line("Cache-Control"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_policy_and_nothing_else_changes()
    {
        await using var gateway = await StartAsync(
            context => PageAsync(context, ("Refresh", "0; url=https://other.test/")), site => site with { ThirdParties = ThirdPartyMode.Off });

        var answer = await gateway.NavigateAsync("/");
        Assert.Empty(Policies(answer));
        Assert.Equal("max-age=60", answer.Line("Cache-Control"));
        Assert.NotEmpty(answer.Lines("Refresh"));
    }
}
