using System.Net;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.States;

/// <summary>T8: a browser without JavaScript. The visitor fills in and submits the form of the settings page.</summary>
public sealed class T8WithoutJavaScript(WireFixture wire) : WireMatrix(wire)
{
    private protected override IReadOnlyList<string> Passing => LegacyCookies.WithStatistics;

    private protected override string Reaching => LegacyCookies.Statistics;

    private protected override IReadOnlyList<string> Deleted => ["ad", "_gid"];

    private protected override async Task<string?> ArriveAsync(TestGateway gateway)
    {
        var visitor = new Visitor(gateway);
        await visitor.SubmitAsync("save", "granted=statistics");
        return visitor.Jar.Header(visitor.Address("/"));
    }

    [Fact, Requirement(27, 28)]
    public async Task The_settings_form_shows_the_current_choice_and_one_press_withdraws_it()
    {
        var visitor = new Visitor(Gateway);
        Assert.Empty(await visitor.TickedAsync());
        await visitor.SubmitAsync("accept");
        Assert.Equal(["granted=statistics", "granted=advertising"], await visitor.TickedAsync());
        await visitor.SubmitAsync("refuse");
        Assert.Empty(await visitor.TickedAsync());
        var response = await visitor.NavigateAsync("/?200&html");
        Assert.Equal(LegacyCookies.Exempt, response.SetCookies());
    }

    [Fact]
    public async Task The_settings_form_redirects_to_the_page_the_visitor_came_from()
    {
        var visitor = new Visitor(Gateway);
        var response = await visitor.SubmitAsync("refuse", from: "/some/page?x=1");
        response.Answers(HttpStatusCode.SeeOther);
        Assert.Equal("/some/page?x=1", response.Line("Location"));
    }
}
