using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>The domain of the consent cookie, and sites without one.</summary>
public class ConsentScopeTests
{
    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.Append("Set-Cookie", "_ga=1; Path=/");
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(Requests.Html);
    }

    [Fact, Requirement(30)]
    public async Task A_choice_for_a_parent_domain_applies_to_each_of_its_hosts()
    {
        await using var gateway = await TestGateway.StartAsync(
            AnswerAsync, site => site with { Hosts = ["www.example.org", "shop.example.org"], ConsentCookie = site.ConsentCookie with { Domain = "example.org" } });
        var jar = new Jar(gateway.Time);
        await new Visitor(gateway, "www.example.org", jar).ChooseAsync(Flow.Accept);
        Assert.Equal(["_ga=1; Path=/"], (await new Visitor(gateway, "shop.example.org", jar).NavigateAsync("/")).SetCookies());
    }

    /// <summary>Of two consent cookies the stricter one applies, so an older one of the host must not remain.</summary>
    [Fact]
    public async Task A_choice_for_a_parent_domain_replaces_an_older_one_of_the_host()
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
    public async Task A_backend_can_neither_set_nor_delete_nor_read_the_consent_cookie_even_if_the_table_lists_it(string line)
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
    public async Task A_site_with_only_exempt_entries_gets_no_consent_cookie_and_unlisted_cookies_are_removed()
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

    /// <summary>The reference policy lists a cookie of that name. If the gateway sets none, it belongs to the site.</summary>
    [Fact]
    public async Task On_a_site_with_only_exempt_entries_a_listed_cookie_with_the_name_of_the_consent_cookie_is_the_sites()
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
