using System.Net;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>Trackers that the site serves itself.</summary>
public sealed class TrackerPathsTests
{
    [Theory]
    [InlineData("/matomo/matomo.js")]
    [InlineData("/matomo/")]
    [InlineData("/piwik.php?idsite=1")]
    [InlineData("//matomo/matomo.js")]
    [InlineData("/./matomo/matomo.js")]
    [InlineData("/a/../matomo/matomo.js")]
    [InlineData("/%6Datomo/matomo.js")]
    [InlineData("/matomo%2Fmatomo.js")]
    [InlineData("/matomo;x=1/matomo.js")]
    [InlineData("/matomo\\matomo.js")]
    [InlineData("/piwik.php;x=1?a")]
    public async Task A_path_is_not_served_until_its_category_is_granted(string path)
    {
        await using var gateway = await StartAsync();

        var answer = await gateway.RawAsync($"GET {path} HTTP/1.1\nHost: localhost\nSec-Fetch-Dest: script\nConnection: close\n\n");
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer.Replace("0\r\n\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(gateway.Received);

        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");
        var known = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : path;
        (await visitor.SendAsync(HttpMethod.Get, known, Requests.Fetch("script", "no-cors", "same-origin"))).Answers(HttpStatusCode.OK);
        await visitor.ChooseAsync("""{"choice":"refuse"}""");
        (await visitor.SendAsync(HttpMethod.Post, known, Requests.ByScript)).Answers(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/matomo")]
    [InlineData("/Matomo/matomo.js")]
    [InlineData("/piwik.php/a")]
    [InlineData("/piwik.phpx")]
    [InlineData("/a/matomo/b")]
    public async Task Other_paths_are_served(string path)
    {
        await using var gateway = await StartAsync();

        (await gateway.GetAsync(path, Requests.ByScript)).Answers(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_to_which_the_visitor_navigates_is_served_and_a_frame_is_not()
    {
        await using var gateway = await StartAsync();

        (await gateway.GetAsync("/matomo/", Requests.Navigation)).Answers(HttpStatusCode.OK);
        (await gateway.GetAsync("/matomo/", Requests.PlainNavigation)).Answers(HttpStatusCode.OK);
        (await gateway.GetAsync("/matomo/", Requests.Fetch("iframe", "navigate", "same-origin"))).Answers(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Exempt_audience_measurement_is_served_until_the_visitor_objects()
    {
        await using var gateway = await StartAsync();
        var visitor = new Visitor(gateway);

        (await visitor.SendAsync(HttpMethod.Get, "/own-stats.js", Requests.ByScript)).Answers(HttpStatusCode.OK);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"],"objected":["audience"]}""");
        (await visitor.SendAsync(HttpMethod.Get, "/own-stats.js", Requests.ByScript)).Answers(HttpStatusCode.Forbidden);
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(context => context.Response.WriteAsync("served"), site => site with
    {
        Cookies =
        [
            .. site.Cookies,
            TestSites.Entry(Table.Asked("statistics", "/matomo/*", "/piwik.php") with { Kind = EntryKind.Path }),
            TestSites.Entry(Table.Audience("13 months", "/own-stats.js") with { Kind = EntryKind.Path }),
        ],
    });
}
