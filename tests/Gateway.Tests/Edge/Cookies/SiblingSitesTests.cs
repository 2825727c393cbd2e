using Gateway.Sites;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Two sites on one parent domain: neither affects the cookies or choices of the other.</summary>
public class SiblingSitesTests
{
    // a.example.org sets a session cookie for the parent domain. The table of b.example.org does not list it.
    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/login")
            context.Response.Headers.Append("Set-Cookie", "sso=token; Domain=example.org; Path=/; HttpOnly");
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(Requests.Html);
    }

    private static SiteConfig Site(string id, Uri backend, params string[] necessary) =>
        TestSites.Library(backend.ToString()) is var library
            ? library with { Id = id, Hosts = [id + ".example.org"], Cookies = [TestSites.Entry(Table.Necessary(necessary)), .. library.Cookies.Skip(1)] }
            : throw new InvalidOperationException();

    [Fact]
    public async Task The_session_of_one_site_survives_visits_to_another_site_on_the_same_parent_domain()
    {
        await using var a = await Support.Backend.StartAsync(AnswerAsync);
        await using var b = await Support.Backend.StartAsync(AnswerAsync);
        await using var gateway = await TestGateway.StartAsync([Site("a", a.Url, "sso"), Site("b", b.Url, "sessionid")]);
        var jar = new Jar(gateway.Time);
        var onA = new Visitor(gateway, "a.example.org", jar);
        var onB = new Visitor(gateway, "b.example.org", jar);
        await onA.NavigateAsync("/login");

        for (var hour = 0; hour < 24; hour++)
        {
            gateway.Time.Advance(TimeSpan.FromHours(1));
            await onB.NavigateAsync($"/visit/{hour}");
            Assert.Null(b.Received.Last().Cookie);
            if (hour == 8)
                await onB.ChooseAsync(Flow.Accept);
            if (hour == 16)
                await onB.ChooseAsync(Flow.Refuse);
            await onA.NavigateAsync("/account");
            Assert.Equal("sso=token", a.Received.Last().Cookie);
        }
    }

    [Fact]
    public async Task A_choice_on_one_site_does_not_apply_to_another()
    {
        await using var backend = await Support.Backend.StartAsync(AnswerAsync);
        await using var gateway = await TestGateway.StartAsync([Site("a", backend.Url, "sso"), Site("b", backend.Url, "sessionid")]);
        var jar = new Jar(gateway.Time);
        await new Visitor(gateway, "a.example.org", jar).ChooseAsync(Flow.Accept);
        jar.Take(new Uri("http://a.example.org/"), "_ga=1; Domain=example.org; Path=/");
        await new Visitor(gateway, "a.example.org", jar).NavigateAsync("/");
        Assert.Equal("_ga=1", backend.Received.Last().Cookie);
        await new Visitor(gateway, "b.example.org", jar).SendAsync(HttpMethod.Get, "/", Requests.Image);
        Assert.Null(backend.Received.Last().Cookie);
    }
}
