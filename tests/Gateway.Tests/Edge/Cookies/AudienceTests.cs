using System.Net;
using Gateway.Cookies;
using Gateway.Tests.Edge.States;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>An exempt audience cookie lives at most 13 months from its first day, whatever the site sends later (CNIL, 4 July 2025).</summary>
public class AudienceTests
{
    private const string Thirteen = "_pk_id.1=first; Max-Age=34128000; Path=/";

    private static string Number => TestSites.Library("").Cookies[^1].Number;

    // The next Set-Cookie line of the backend.
    private static Task<TestGateway> StartAsync(Queue<string> lines) => TestGateway.StartAsync(context =>
    {
        if (lines.TryDequeue(out var line))
            context.Response.Headers.Append("Set-Cookie", line);
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(Requests.Html);
    });

    [Fact]
    public async Task The_first_day_of_an_audience_cookie_is_stored_in_the_consent_cookie_whose_end_does_not_move()
    {
        await using var gateway = await StartAsync(new([Thirteen]));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Refuse);
        var decided = visitor.Jar.Header(visitor.Address("/"));
        gateway.Time.Advance(TimeSpan.FromDays(30));

        var response = await visitor.NavigateAsync("/");
        var today = TestSites.Noon.ToDayNumber() + 30;
        // The last day of the decision begins at midnight, 151 days and 12 hours from now.
        Assert.Equal([Thirteen, $"{decided}~@{Number}.{today}; Max-Age={(151 * 86_400) + 43_200}; Path=/; SameSite=Lax"], response.SetCookies());
        Assert.Equal("private", response.Line("Cache-Control"));
    }

    [Fact]
    public async Task A_slow_response_does_not_overwrite_a_later_withdrawal_with_an_old_choice()
    {
        TestGateway? gateway = null;
        await using var started = gateway = await TestGateway.StartAsync(context =>
        {
            gateway!.Time.Advance(TimeSpan.FromSeconds(3));
            context.Response.Headers.Append("Set-Cookie", Thirteen);
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Requests.Html);
        });
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        Assert.Equal([Thirteen], (await visitor.NavigateAsync("/")).SetCookies());
    }

    [Fact]
    public async Task An_audience_cookie_with_the_same_value_is_removed_and_one_with_a_new_value_gets_the_remaining_lifetime()
    {
        var lines = new Queue<string>([Thirteen, Thirteen, "_pk_id.1=second; Max-Age=34128000; Path=/", "_pk_id.1=third; Expires=Tue, 19 Jan 2038 03:14:07 GMT; Path=/"]);
        await using var gateway = await StartAsync(lines);
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        await visitor.NavigateAsync("/");
        gateway.Time.Advance(TimeSpan.FromDays(100));

        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        Assert.Equal([$"_pk_id.1=second; Max-Age={(294 * 86_400) + 43_200}; Path=/"], (await visitor.NavigateAsync("/")).SetCookies());
        Assert.Equal(["_pk_id.1=third; Expires=Thu, 23 Dec 2027 00:00:00 GMT; Path=/"], (await visitor.NavigateAsync("/")).SetCookies());
        Assert.Contains("_pk_id.1=second", gateway.Received[^1].Cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undecided_visitor_gets_an_audience_cookie_once_and_then_for_the_session_only()
    {
        await using var gateway = await StartAsync(new([Thirteen, Thirteen, "_pk_id.1=second; Max-Age=34128000; Path=/"]));
        var visitor = new Visitor(gateway);
        Assert.Equal([Thirteen], (await visitor.NavigateAsync("/")).SetCookies());
        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        Assert.Equal(["_pk_id.1=second; Path=/"], (await visitor.NavigateAsync("/")).SetCookies());
        Assert.Equal("_pk_id.1=first", gateway.Received[^1].Cookie);
    }

    [Fact]
    public async Task An_audience_cookie_is_not_prolonged_after_13_months()
    {
        await using var gateway = await StartAsync(new([Thirteen, "_pk_id.1=second; Max-Age=34128000; Path=/"]));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync(Flow.Accept);
        await visitor.NavigateAsync("/");
        gateway.Time.Advance(TimeSpan.FromDays(181));
        await visitor.ChooseAsync(Flow.Accept);
        gateway.Time.Advance(TimeSpan.FromDays(181));
        await visitor.ChooseAsync(Flow.Accept);
        Assert.Contains($"~@{Number}.{TestSites.Noon.ToDayNumber()}", visitor.Jar.Header(visitor.Address("/")), StringComparison.Ordinal);
        gateway.Time.Advance(TimeSpan.FromDays(34));
        var cookies = visitor.Jar.Header(visitor.Address("/"));
        Assert.Empty((await gateway.NavigateAsync("/", $"_pk_id.1=first; {cookies}")).SetCookies());
    }

    [Fact, Requirement(39)]
    public async Task An_objection_removes_audience_cookies_from_requests_and_responses_and_deletes_them()
    {
        await using var gateway = await StartAsync(new([Thirteen, Thirteen, Thirteen]));
        var visitor = new Visitor(gateway);
        await visitor.NavigateAsync("/");
        Assert.Contains("_pk_id.1", visitor.Jar.Names);

        var response = await visitor.ChooseAsync("""{"choice":"save","objected":["audience"]}""");
        Assert.Equal("_pk_id.1" + LegacyCookies.Expired, response.SetCookies()[1]);
        Assert.Equal(["cookies_preferences"], visitor.Jar.Names);
        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        Assert.Null(gateway.Received[^1].Cookie);
        Assert.Equal(["objected=audience"], await visitor.TickedAsync());
    }

    [Fact]
    public async Task A_visitor_can_object_on_a_site_that_asks_for_no_consent()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.Headers.Append("Set-Cookie", Thirteen);
                return Task.CompletedTask;
            },
            site => site with { Categories = [], Cookies = [site.Cookies[0], site.Cookies[^1]] });
        var visitor = new Visitor(gateway);
        Assert.Equal([Thirteen], (await visitor.NavigateAsync("/")).SetCookies());
        var response = await visitor.SubmitAsync("save", "objected=audience");
        response.Answers(HttpStatusCode.SeeOther);
        Assert.StartsWith($"cookies_preferences=g1.{TestSites.Noon.ToDayNumber()}~audience.-.0; Max-Age=15724800; ", response.SetCookies()[0], StringComparison.Ordinal);
        Assert.Empty((await visitor.NavigateAsync("/")).SetCookies());
        await visitor.SubmitAsync("save");
        Assert.Equal(Thirteen, (await visitor.NavigateAsync("/")).SetCookies()[0]);
    }
}
