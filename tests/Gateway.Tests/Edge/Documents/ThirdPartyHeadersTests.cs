using System.Net;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>The policy that keeps pages from loading content from hosts that the visitor did not allow.</summary>
public sealed class ThirdPartyHeadersTests
{
    private const string Own = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: http://localhost ws://localhost";

    private const string Statistics = " http://stats.example.net ws://stats.example.net";

    private const string Everything = $"{Own} https://cdn.example.net wss://cdn.example.net{Statistics}";

    private static readonly (string, string)[] Frame = [("Accept", "text/html"), .. Requests.Fetch("iframe", "navigate", "same-origin")];

    [Fact]
    public async Task A_page_may_load_from_its_own_host_from_exempt_hosts_and_from_granted_hosts()
    {
        await using var gateway = await StartAsync(context => Html(context));
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
        await using var gateway = await StartAsync(context => Html(context));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        Assert.Equal([Everything], Policies(await visitor.SendAsync(HttpMethod.Get, "/", [.. Requests.Navigation, ("Sec-GPC", "1")])));
    }

    [Fact]
    public async Task The_policy_names_the_public_address_and_the_own_hosts()
    {
        await using var gateway = await StartAsync(context => Html(context), site => site with
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
    public async Task The_script_of_a_service_worker_ends_with_the_policy_so_that_it_changes_with_it()
    {
        const string Script = "self.onfetch = () => {}";
        await using var gateway = await StartAsync(context =>
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.LastModified = "Mon, 23 Nov 2026 12:00:00 GMT";
            context.Response.ContentLength = Script.Length;
            return context.Response.WriteAsync(Script);
        });
        var visitor = new Visitor(gateway);

        var before = await ScriptAsync();
        Assert.Equal(before, await ScriptAsync());
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");
        Assert.NotEqual(before, await ScriptAsync());
        Assert.All(gateway.Received, request => Assert.Equal(("identity", null), (request.Headers["Accept-Encoding"], request.Headers.GetValueOrDefault("If-None-Match"))));

        async Task<string> ScriptAsync()
        {
            var answer = await visitor.SendAsync(HttpMethod.Get, "/sw.js",
                [("Service-Worker", "script"), ("Accept-Encoding", "gzip, br"), ("If-None-Match", "\"1\""), .. Requests.Fetch("serviceworker", "same-origin", "same-origin")]);
            Assert.Equal(answer.Content.Headers.ContentLength, (await answer.BytesAsync()).Length);
            Assert.Empty(answer.Lines("ETag"));
            Assert.Empty(answer.Lines("Last-Modified"));
            Assert.StartsWith(Own, Assert.Single(Policies(answer)), StringComparison.Ordinal);
            Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(Script)}\n//[A-Za-z0-9_-]{{8}}\n$", await answer.BytesAsync());
            return await answer.BytesAsync();
        }
    }

    [Fact]
    public async Task A_service_worker_that_cannot_be_extended_may_load_from_no_third_party()
    {
        await using var gateway = await StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "br";
            return AnswerAsync(context, "text/javascript", 200);
        });
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"accept"}""");

        var answer = await visitor.SendAsync(HttpMethod.Get, "/sw.js", [("Service-Worker", "script"), .. Requests.Fetch("serviceworker", "same-origin", "same-origin")]);
        Assert.Equal([Own], Policies(answer));
        Assert.Equal(Requests.Html, await answer.BytesAsync());
    }

    [Fact]
    public async Task A_policy_of_the_page_stays_and_the_line_gets_room_in_it()
    {
        await using var gateway = await StartAsync(context => Html(context, ("Content-Security-Policy", "script-src 'nonce-abc'; img-src *")));

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

            return Html(context);
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
        await using var gateway = await StartAsync(context => Html(context));

        var answer = await gateway.GetAsync("/", [.. Requests.Navigation, ("Sec-Purpose", purpose)]);
        answer.Answers(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("no-store", answer.Line("Cache-Control"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task Hints_to_refused_hosts_are_removed_from_the_headers()
    {
        await using var gateway = await StartAsync(context => Html(
            context,
            ("Link", "</a.css>; rel=preload; as=style, <https://stats.example.net/s.js>; rel=\"preload\"; as=script, <https://other.test/>; rel=preconnect, <https://other.test/a,b>; rel=canonical"),
            ("Speculation-Rules", "\"/rules.json\", \"https://other.test/rules.json\""),
            ("Reporting-Endpoints", "own=\"/r\", other=\"https://other.test/r\""),
            ("Report-To", """{"group":"a","max_age":1,"endpoints":[{"url":"https://other.test/r"}]}"""),
            ("NEL", """{"report_to":"a","max_age":1}"""),
            ("SourceMap", "https://other.test/map"),
            ("Refresh", "5; url='https://other.test/'"),
            ("Content-Security-Policy-Report-Only", "img-src 'self'; report-uri https://other.test/r /own")));
        var visitor = new Visitor(gateway);

        var refused = await visitor.NavigateAsync("/");
        Assert.Equal("</a.css>; rel=preload; as=style, <https://other.test/a,b>; rel=canonical", refused.Line("Link"));
        Assert.Equal("\"/rules.json\"", refused.Line("Speculation-Rules"));
        Assert.Equal("own=\"/r\"", refused.Line("Reporting-Endpoints"));
        Assert.Equal("img-src 'self'; report-uri /own", refused.Line("Content-Security-Policy-Report-Only"));
        Assert.All(["Report-To", "NEL", "SourceMap", "Refresh"], name => Assert.Empty(refused.Lines(name)));

        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");
        Assert.Contains("stats.example.net", (await visitor.NavigateAsync("/")).Line("Link"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0; url=/next")]
    [InlineData("5")]
    [InlineData("5; https://stats.example.net/")]
    public async Task A_Refresh_header_that_leads_to_no_refused_host_stays(string value)
    {
        await using var gateway = await StartAsync(context => Html(context, ("Refresh", value)));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");

        Assert.Equal(value, (await visitor.NavigateAsync("/")).Line("Refresh"));
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_policy_and_nothing_else_changes()
    {
        await using var gateway = await StartAsync(
            context => Html(context, ("Refresh", "0; url=https://other.test/")), site => site with { ThirdParties = ThirdPartyMode.Off });

        var answer = await gateway.NavigateAsync("/");
        Assert.Empty(Policies(answer));
        Assert.Equal("max-age=60", answer.Line("Cache-Control"));
        Assert.NotEmpty(answer.Lines("Refresh"));
    }

    private static Task<TestGateway> StartAsync(RequestDelegate answer, Func<SiteConfig, SiteConfig>? change = null) => TestGateway.StartAsync(answer, site =>
    {
        var library = site with
        {
            ThirdParties = ThirdPartyMode.Enforce,
            Cookies =
            [
                .. site.Cookies,
                TestSites.Entry(Table.Necessary("https://cdn.example.net") with { Kind = EntryKind.Host }),
                TestSites.Entry(Table.Asked("statistics", "stats.example.net") with { Kind = EntryKind.Host }),
                TestSites.Entry(Table.Asked("advertising", "*.ads.example.net") with { Kind = EntryKind.Host, Uses = [HostUse.Frame], SaleOrShare = true }),
            ],
        };
        return change is null ? library : change(library);
    });

    private static IReadOnlyList<string> Policies(HttpResponseMessage answer) => answer.Lines("Content-Security-Policy");

    private static Task Html(HttpContext context, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        return AnswerAsync(context, "text/html; charset=utf-8", 200);
    }

    private static Task AnswerAsync(HttpContext context, string? type, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "max-age=60";
        return context.Response.WriteAsync(Requests.Html);
    }
}
