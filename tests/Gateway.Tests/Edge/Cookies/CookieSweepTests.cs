using System.Net;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Cookies that are not granted are deleted in the browser, including HttpOnly ones.</summary>
public class CookieSweepTests
{
    private const string Host = "www.example.org";

    // Each kind of scope.
    private static readonly string[] Places =
    [
        "_ga=1; Path=/; HttpOnly",
        "_ga_app=1; Path=/app; HttpOnly",
        "_ga_wide=1; Path=/; Domain=.example.org",
        "_ga_site=1; Path=/; Domain=www.example.org",
        "at_app=1; Path=/app/tool",
        "at_domain=1; Path=/; Domain=.example.org; HttpOnly",
        "__Secure-stat=1; Path=/; Secure",
        "__Host-stat=1; Path=/; Secure",
        "chips=1; Path=/; Secure; Partitioned",
    ];

    private static SiteConfig Site(SiteConfig site) => site with
    {
        Hosts = [Host],
        Cookies =
        [
            TestSites.Entry(Table.Necessary("sessionid")),
            TestSites.Entry(Table.Asked("statistics", "_ga", "_ga_*", "__Secure-stat", "__Host-stat")),
            TestSites.Entry(Table.Asked("statistics", "at_app") with { Path = "/app/tool" }),
            TestSites.Entry(Table.Asked("statistics", "at_domain") with { Domain = "example.org" }),
            TestSites.Entry(Table.Asked("statistics", "chips") with { Partitioned = true }),
        ],
    };

    private static Task<TestGateway> StartAsync(RequestDelegate? answer = null) =>
        TestGateway.StartAsync(answer ?? AnswerHtml, Site, TestCertificate.AlsoTls);

    private static Task AnswerHtml(HttpContext context)
    {
        context.Response.ContentType = context.Request.Path == "/image" ? "image/gif" : "text/html";
        if (context.Request.Path == "/write")
            context.Response.Headers.SetCookie = new(["unlisted=1; Path=/", "_deep=1; Path=/app/tool"]);
        return context.Response.WriteAsync(Requests.Html);
    }

    private static Visitor AcceptedOn(TestGateway gateway)
    {
        var visitor = new Visitor(gateway, Host, isTls: true);
        visitor.Jar.Take(visitor.Address("/"), [.. Places, "sessionid=1; Path=/; HttpOnly"]);
        Assert.Equal(Places.Length + 1, visitor.Jar.Names.Count());
        return visitor;
    }

    [Fact]
    public async Task A_withdrawal_deletes_all_granted_cookies_in_every_scope()
    {
        await using var gateway = await StartAsync();
        var visitor = AcceptedOn(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        await visitor.NavigateAsync("/app/tool/page");
        Assert.Equal(Places.Length, gateway.Received[^1].Cookie!.Split("; ").Length - 1);
        Assert.Equal(Places.Length + 2, visitor.Jar.Names.Count());

        await visitor.ChooseAsync(Flow.Refuse);

        // Deleted with the response itself, except for the cookie with an undeclared path.
        Assert.Equal(["_ga_app", "cookies_preferences", "sessionid"], visitor.Jar.Names.Order(StringComparer.Ordinal));
        await visitor.NavigateAsync("/app/page");
        Assert.Equal("sessionid=1", gateway.Received[^1].Cookie);
        Assert.Equal(["cookies_preferences", "sessionid"], visitor.Jar.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cookies_from_before_the_gateway_are_deleted_by_the_first_pages_of_every_path()
    {
        await using var gateway = await StartAsync();
        var visitor = AcceptedOn(gateway);
        visitor.Jar.Take(visitor.Address("/"), "unlisted=1; Path=/", "_deep=1; Path=/app/tool");
        await visitor.NavigateAsync("/write");
        for (var visit = 0; visit < 16; visit++)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(7));
            await visitor.NavigateAsync("/app/tool/page?x=1");
        }

        Assert.Equal(["sessionid"], visitor.Jar.Names);
        Assert.All(gateway.Received, request => Assert.Equal("sessionid=1", request.Cookie));
    }

    [Fact]
    public async Task The_response_to_a_refusal_has_the_deletions()
    {
        await using var gateway = await StartAsync();
        var response = await gateway.Tls.ChooseAsync(Flow.Refuse, ("Host", Host), ("Cookie", "_ga=1; __Host-stat=2; _gid=3; unknown=3; sessionid=4"));
        response.Answers(HttpStatusCode.NoContent);
        const string Gone = "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=";
        Assert.StartsWith("cookies_preferences=g1.", response.SetCookies()[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                $"_ga{Gone}/; Secure",
                $"__Host-stat{Gone}/; Secure",
                $"_gid{Gone}/; Secure",
                $"at_app{Gone}/app/tool; Secure",
                $"at_domain{Gone}/; Domain=example.org; Secure",
            ],
            response.SetCookies().Skip(1).Take(5));
        Assert.DoesNotContain(response.SetCookies(), line => line.StartsWith("sessionid", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, (string, string)[]> NoDocuments => new()
    {
        { "GET", "/image", Requests.Image },
        { "GET", "/page", Requests.ByScript },
        { "GET", "/page", Requests.Image },
        { "HEAD", "/page", Requests.Navigation },
        { "GET", "/page", Requests.Fetch("iframe", "navigate", "same-origin") },
        { "GET", "/page", Requests.Fetch("iframe", "navigate", "cross-site") },
        { "POST", "/page", Requests.Fetch("document", "navigate", "cross-site") },
        { "POST", "/page", Requests.PlainNavigation },
        { "GET", "/page", [.. Requests.PlainNavigation, ("X-Requested-With", "XMLHttpRequest")] },
        { "GET", "/page", [("Accept", "*/*")] },
    };

    [Theory, MemberData(nameof(NoDocuments))]
    public async Task Nothing_is_deleted_unless_a_page_is_shown_and_the_consent_cookie_could_be_sent(string method, string path, (string, string)[] headers)
    {
        await using var gateway = await StartAsync();
        var request = Requests.To(new Uri(gateway.Url, path), new HttpMethod(method), [.. headers, ("Host", Host), ("Cookie", "_ga=1; unlisted=2; cookies_preferences=x")]);
        var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.Answers(HttpStatusCode.OK);
        Assert.Empty(response.SetCookies());
        Assert.Null(gateway.Received[0].Cookie);
    }

    [Theory]
    [InlineData("Content-Type: application/xhtml+xml")]
    [InlineData("Content-Type: text/plain; charset=utf-8")]
    [InlineData("Content-Type: image/svg+xml")]
    [InlineData("Content-Type: text/html\r\nContent-Disposition: attachment")]
    [InlineData("X-No-Type: 1")]
    public async Task A_response_to_a_navigation_deletes_refused_cookies_whatever_its_type(string header)
    {
        await using var backend = RawBackend.Start(_ => RawBackend.Response("200 OK", [header], "<html/>"));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        foreach (var headers in new[] { Requests.Navigation, Requests.PlainNavigation })
        {
            var response = await gateway.GetAsync("/", [.. headers, ("Cookie", "_ga=1")]);
            Assert.Equal(["_ga" + LegacyCookies.Expired, "_ga" + LegacyCookies.ExpiredPart], response.SetCookies());
            Assert.Equal("private", response.Line("Cache-Control"));
        }
    }

    public static TheoryData<string, (string, string)[]> Documents => new()
    {
        { "GET", Requests.Navigation },
        { "GET", Requests.PlainNavigation },
        { "GET", Requests.Fetch("document", "navigate", "cross-site") },
        { "POST", Requests.Fetch("document", "navigate", "same-origin") },
        { "POST", Requests.Fetch("document", "navigate", "same-site") },
    };

    [Theory, MemberData(nameof(Documents))]
    public async Task A_page_deletes_refused_cookies_of_its_request(string method, (string, string)[] headers)
    {
        await using var gateway = await StartAsync();
        var request = Requests.To(new Uri(gateway.Url, "/"), new HttpMethod(method), [.. headers, ("Host", Host), ("Cookie", "__Host-stat=1; _gid=2; unlisted=3")]);
        var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["__Host-stat" + LegacyCookies.Expired, "_gid" + LegacyCookies.Expired], response.SetCookies());
        Assert.Equal("private", response.Line("Cache-Control"));
    }

    [Fact]
    public async Task A_listed_name_is_deleted_on_every_possible_domain_and_path_and_an_unlisted_tracker_on_the_host_only()
    {
        await using var gateway = await StartAsync();
        var response = await gateway.NavigateAsync("/app", "_ga=1; _gid=2", Host);
        const string Gone = "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=";
        Assert.Equal(
            [
                $"_ga{Gone}/", $"_gid{Gone}/",
                $"_ga{Gone}/; Domain=example.org", $"_gid{Gone}/app",
                $"_ga{Gone}/; Domain=www.example.org",
                $"_ga{Gone}/app", $"_ga{Gone}/app; Domain=example.org", $"_ga{Gone}/app; Domain=www.example.org",
            ],
            response.SetCookies());
    }

    [Fact]
    public async Task A_response_has_at_most_20_deletions_and_3000_characters_and_later_responses_have_the_rest()
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway, Host);
        visitor.Jar.Take(visitor.Address("/"), Enumerable.Range(0, 90).Select(number => $"_gat_unlisted_with_a_long_name_{number}=1; Path=/"));
        for (var visit = 0; visit < 40 && visitor.Jar.Names.Any(); visit++)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(3));
            var lines = (await visitor.NavigateAsync("/a/b/c")).SetCookies();
            Assert.InRange(lines.Count, 1, 20);
            Assert.InRange(lines.Sum(line => line.Length), 1, 3_000);
        }

        Assert.Empty(visitor.Jar.Names);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("g1.1~statistics.AAAAAA.1")]
    [InlineData("g1.20780~statistics")]
    public async Task An_unreadable_consent_cookie_is_ignored_and_deleted(string value)
    {
        await using var gateway = await StartAsync();
        var response = await gateway.NavigateAsync("/", $"cookies_preferences={value}; sessionid=1", Host);
        Assert.Equal(["cookies_preferences" + LegacyCookies.Expired], response.SetCookies());
        Assert.Equal("sessionid=1", gateway.Received[0].Cookie);
    }

    /// <summary>Unknown answers grant nothing here, but the newer replica may know that they grant something.</summary>
    [Theory]
    [InlineData("g1.{0}~statistics.NEWER1.1")]
    [InlineData("g2.{0}~whatever")]
    public async Task A_consent_cookie_of_a_newer_replica_is_kept_and_deletes_nothing(string value)
    {
        await using var gateway = await StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "_ga=2";
            return AnswerHtml(context);
        });
        var cookie = string.Format(null, value, TestSites.Noon.ToDayNumber());
        var response = await gateway.NavigateAsync("/", $"_ga=1; cookies_preferences={cookie}; sessionid=1", Host);
        Assert.Empty(response.SetCookies());
        Assert.Equal("sessionid=1", gateway.Received[0].Cookie);
    }

    [Fact]
    public async Task A_refused_cookie_is_deleted_even_if_another_answer_has_an_unknown_version()
    {
        await using var gateway = await StartAsync();
        var refused = (await Flow.ChooseAsync(gateway, Flow.Refuse, host: Host))!;
        var response = await gateway.NavigateAsync("/", $"__Host-stat=1; unlisted=1; {refused}~video.NEWER1.1", Host);
        Assert.Equal(["__Host-stat" + LegacyCookies.Expired], response.SetCookies());
    }
}
