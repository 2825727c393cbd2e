using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Script;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>A sub-domain can plant a choice for its parent domain. On a site with a key, it grants nothing and is deleted with the next page.</summary>
public class SignedChoicesTests
{
    private const string Host = "www.example.org", Key = "0123456789abcdef0123456789abcdef";

    private static SiteConfig Site(SiteConfig site) => site with { Hosts = [Host], ConsentCookie = new() { SigningKeys = [Key] } };

    private static Task<TestGateway> StartAsync(Func<SiteConfig, SiteConfig> site) => TestGateway.StartAsync(
        context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.SetCookie = "_ga=1; Path=/";
            return context.Response.WriteAsync(Requests.Html);
        },
        site);

    [Fact]
    public async Task A_signed_choice_counts_on_its_host_and_stays_the_same_when_it_is_repeated()
    {
        await using var gateway = await StartAsync(Site);
        var (one, other) = (new Visitor(gateway, Host), new Visitor(gateway, Host));
        await one.ChooseAsync(Flow.Accept);
        await other.SubmitAsync("accept");
        Assert.Equal(one.Jar.Header(one.Address("/")), other.Jar.Header(other.Address("/")));
        await one.NavigateAsync("/");
        Assert.Equal(["_ga", "cookies_preferences"], one.Jar.Names.Order(StringComparer.Ordinal));
        await one.NavigateAsync("/");
        Assert.Equal("_ga=1", gateway.Received[^1].Cookie);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app/x")]
    public async Task A_planted_choice_grants_nothing_and_is_deleted_wherever_it_was_planted(string path)
    {
        await using var unsigned = await StartAsync(site => Site(site) with { ConsentCookie = new() });
        var forger = new Visitor(unsigned, Host);
        await forger.ChooseAsync(Flow.Accept);
        var planted = forger.Jar.Header(forger.Address("/"))!;

        await using var gateway = await StartAsync(Site);
        var visitor = new Visitor(gateway, Host);
        visitor.Jar.Take(new Uri($"http://evil.example.org{path}"), $"{planted}; Domain=example.org; Path={path}");
        var response = await visitor.NavigateAsync("/app/x");
        Assert.DoesNotContain(response.SetCookies(), line => line.StartsWith("_ga=1", StringComparison.Ordinal));
        Assert.Empty(visitor.Jar.Names);
    }

    [Fact]
    public async Task A_choice_of_the_visitor_stays_where_another_one_was_planted()
    {
        await using var gateway = await StartAsync(Site);
        var visitor = new Visitor(gateway, Host);
        await visitor.ChooseAsync(Flow.Refuse);
        visitor.Jar.Take(new Uri("http://evil.example.org/"), $"cookies_preferences=g1.{TestSites.Noon.ToUnixTimeSeconds() / 86_400}; Domain=example.org; Path=/");
        await visitor.NavigateAsync("/");
        Assert.Contains("cookies_preferences", visitor.Jar.Names);
        Assert.Null(gateway.Received[^1].Cookie);
    }

    [Fact]
    public void The_script_ignores_a_choice_without_a_signature_where_choices_are_signed()
    {
        var cookie = "cookies_preferences=" + PageServer.Cookie(Notices.Full, PageServer.Today, ["statistics"]);
        var signed = Notices.Full with
        {
            Rules = new(Notices.Full.Entries, new() { SigningKeys = [Key] }),
        };
        Assert.Null(new InterpretedPage(signed, cookie).Write("_ga=1"));
        Assert.Equal("_ga=1", new InterpretedPage(signed, cookie + "~.AAAAAAAAAAAAAAAAAAAAAA").Write("_ga=1"));
        Assert.Equal("_ga=1", new InterpretedPage(Notices.Full, cookie + "~.AAAAAAAAAAAAAAAAAAAAAA").Write("_ga=1"));
    }
}
