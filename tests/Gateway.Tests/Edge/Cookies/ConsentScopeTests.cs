using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Where the consent cookie counts, and where there is none.</summary>
public class ConsentScopeTests
{
    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.Append("Set-Cookie", "_ga=1; Path=/");
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(Requests.Html);
    }

    [Fact, Requirement(30)]
    public async Task A_choice_for_a_parent_domain_counts_on_each_of_its_hosts()
    {
        await using var gateway = await TestGateway.StartAsync(
            AnswerAsync, site => site with { Hosts = ["www.example.org", "shop.example.org"], ConsentCookie = site.ConsentCookie with { Domain = "example.org" } });
        var jar = new Jar(gateway.Time);
        await new Visitor(gateway, "www.example.org", jar).ChooseAsync(Flow.Accept);
        Assert.Equal(["_ga=1; Path=/"], (await new Visitor(gateway, "shop.example.org", jar).NavigateAsync("/")).SetCookies());
    }

    /// <summary>Of two answers the stricter one counts: an older one in a narrower place must not outvote the newer for months.</summary>
    [Fact]
    public async Task A_choice_for_a_parent_domain_replaces_the_one_that_was_made_for_a_host()
    {
        await using var gateway = await TestGateway.StartAsync(AnswerAsync, site => site with { Hosts = ["www.example.org"] });
        var visitor = new Visitor(gateway, "www.example.org");
        await visitor.ChooseAsync(Flow.Refuse);
        await gateway.SwapAsync(site => site with { ConsentCookie = site.ConsentCookie with { Domain = "example.org" } });
        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        await visitor.ChooseAsync(Flow.Accept);
        Assert.Equal(["cookies_preferences"], visitor.Jar.Names);
        Assert.Equal(["_ga=1; Path=/"], (await visitor.NavigateAsync("/")).SetCookies());
    }

    [Theory]
    [InlineData("cookies_preferences=g1.20780~statistics.AAAAAA.1; Path=/")]
    [InlineData("cookies_preferences=; Max-Age=0; Path=/")]
    public async Task A_backend_neither_sets_nor_deletes_nor_reads_it_though_the_table_lists_it(string line)
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.Headers.SetCookie = line;
                return Task.CompletedTask;
            },
            site => site with { Cookies = [.. site.Cookies, TestSites.Entry(Table.Necessary("cookies_preferences"))] });
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        Assert.Null(gateway.Received[^1].Cookie);
    }

    [Fact, Requirement(44)]
    public async Task Where_everything_is_exempt_there_is_never_a_consent_cookie_and_what_is_not_listed_is_refused_all_the_same()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.Headers.Append("Set-Cookie", "sessionid=1; Path=/");
                return AnswerAsync(context);
            },
            TestSites.Exempt);
        var visitor = new Visitor(gateway);
        visitor.Jar.Take(visitor.Address("/"), "_ga=old; Path=/");
        await visitor.ChooseAsync(Flow.Accept);
        for (var visit = 0; visit < 3; visit++)
            Assert.Contains("data-gateway", await (await visitor.NavigateAsync("/")).BytesAsync(), StringComparison.Ordinal);
        Assert.Equal(["sessionid"], visitor.Jar.Names);
        Assert.Equal("sessionid=1", gateway.Received[^1].Cookie);
    }

    /// <summary>The reference policy lists a cookie of that name; where we set none it is the site's own.</summary>
    [Fact]
    public async Task Where_everything_is_exempt_a_listed_cookie_of_that_name_is_the_sites_own()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.Headers.SetCookie = "cookies_preferences=theirs; Path=/";
                return Task.CompletedTask;
            },
            site => TestSites.Exempt(site) with { Cookies = [TestSites.Entry(Table.Necessary("sessionid", "cookies_preferences"))] });
        var visitor = new Visitor(gateway);
        Assert.Equal(["cookies_preferences=theirs; Path=/"], (await visitor.NavigateAsync("/")).SetCookies());
        await visitor.NavigateAsync("/");
        Assert.Equal("cookies_preferences=theirs", gateway.Received[^1].Cookie);
    }
}
