using Gateway.Tests.Support;
using Xunit;
using static Gateway.Tests.Edge.Documents.ThirdPartySite;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Headers with which a response makes a browser contact other hosts.</summary>
public sealed class ThirdPartyHintsTests
{
    [Fact]
    public async Task Hints_to_refused_hosts_are_removed_from_the_headers()
    {
        await using var gateway = await StartAsync(context => PageAsync(
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
        await using var gateway = await StartAsync(context => PageAsync(context, ("Refresh", value)));
        var visitor = new Visitor(gateway);
        await visitor.ChooseAsync("""{"choice":"save","granted":["statistics"]}""");

        Assert.Equal(value, (await visitor.NavigateAsync("/")).Line("Refresh"));
    }
}
