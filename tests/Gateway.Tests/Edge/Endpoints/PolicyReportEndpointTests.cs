using System.Net;
using System.Text;
using Gateway.Cookies;
using Gateway.Edge.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>The reports of browsers about third parties, and the header that asks for them.</summary>
public sealed class PolicyReportEndpointTests
{
    [Theory]
    [InlineData("Observe", "Enforce")]
    [InlineData("Off", "Observe")]
    [InlineData("Enforce", "Observe")]
    public async Task An_observed_page_is_only_asked_to_report(string parties, string mode)
    {
        await using var gateway = await StartAsync(Enum.Parse<ThirdPartyMode>(parties), Enum.Parse<SiteMode>(mode));

        var answer = await gateway.NavigateAsync("/");
        Assert.Empty(answer.Lines("Content-Security-Policy"));
        Assert.Equal(
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: http://localhost ws://localhost; report-uri /_choices/policy-reports",
            answer.Line("Content-Security-Policy-Report-Only"));
        Assert.Equal("max-age=60", answer.Line("Cache-Control"));
        Assert.Empty((await gateway.GetAsync("/", Requests.Image)).Lines("Content-Security-Policy-Report-Only"));
    }

    [Fact]
    public async Task After_an_hour_without_a_new_host_one_page_in_the_configured_number_reports()
    {
        await using var gateway = await StartAsync();
        Assert.True(await AsksAsync());
        Assert.True(await AsksAsync());

        gateway.Time.Advance(TimeSpan.FromHours(1));
        var asked = 0;
        for (var page = 0; page < 20; page++)
            asked += await AsksAsync() ? 1 : 0;
        Assert.Equal(2, asked);

        await ReportAsync(gateway, "https://new.example.net/");
        Assert.True(await AsksAsync());

        async Task<bool> AsksAsync() => (await gateway.NavigateAsync("/")).Lines("Content-Security-Policy-Report-Only").Count == 1;
    }

    [Fact]
    public async Task A_report_becomes_one_sighting_of_the_host_without_the_URL()
    {
        await using var gateway = await StartAsync();
        await ReportAsync(gateway, "https://other.test/secret/path?user=1", "img-src");
        await ReportAsync(gateway, "https://other.test/another", "img-src");
        await ReportAsync(gateway, "https://stats.example.net/s.js", "script-src-elem");
        await ReportAsync(gateway, "wss://other.test:8443/", "connect-src");

        Assert.Equal(
            [
                "Site library: pages request the host other.test (image): it is not in the cookie table. Reported by one client.",
                "Site library: pages request the host stats.example.net (script): its category was not granted. Reported by one client.",
                "Site library: pages request the host other.test:* (connect): it is not in the cookie table. Reported by one client.",
            ],
            Hosts(gateway));
    }

    [Theory]
    [InlineData("""{"csp-report":{"document-uri":"http://localhost/","blocked-uri":"http://localhost/own","effective-directive":"img-src"}}""")]
    [InlineData("""{"csp-report":{"document-uri":"http://localhost/","blocked-uri":"inline","effective-directive":"script-src"}}""")]
    [InlineData("""{"csp-report":{"document-uri":"http://localhost/","blocked-uri":"data","effective-directive":"script-src"}}""")]
    [InlineData("""{"csp-report":{"document-uri":"https://elsewhere.test/","blocked-uri":"https://other.test/","effective-directive":"img-src"}}""")]
    [InlineData("""{"csp-report":{"blocked-uri":"https://other.test/"}}""")]
    [InlineData("""{"csp-report":{"document-uri":1,"blocked-uri":{}}}""")]
    [InlineData("""{"csp-report":[]}""")]
    [InlineData("""[{"type":"csp-violation"}]""")]
    [InlineData("""{"csp-report":{"document-uri":"http://localhost/","blocked-uri":"https://\ud800.test/"}}""")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task A_report_that_names_no_third_party_of_a_page_of_the_site_changes_nothing(string body)
    {
        await using var gateway = await StartAsync();

        (await PostAsync(gateway, body)).Answers(HttpStatusCode.NoContent);
        Assert.Empty(Hosts(gateway));
    }

    [Theory]
    [InlineData("application/json", "same-origin", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/csp-report", "cross-site", HttpStatusCode.Forbidden)]
    public async Task Only_reports_of_pages_of_the_site_are_accepted(string type, string site, HttpStatusCode status)
    {
        await using var gateway = await StartAsync();

        (await PostAsync(gateway, "{}", type, site)).Answers(status);
    }

    [Fact]
    public async Task A_report_is_limited_in_length()
    {
        await using var gateway = await StartAsync();

        (await PostAsync(gateway, new string(' ', 33 * 1024))).Answers(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_site_that_is_not_observed_accepts_no_reports()
    {
        await using var gateway = await StartAsync(ThirdPartyMode.Enforce);

        (await PostAsync(gateway, "{}")).Answers(HttpStatusCode.Conflict);
    }

    [Fact]
    public void One_client_can_invent_only_some_hosts_and_a_second_client_confirms_a_host()
    {
        using var log = new CollectedLog();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestSites.Noon);
        using var sightings = new HostSightings(new SightingLog(log.For<SightingLog>()), new(time), time);
        var site = TestSites.Compiled(TestSites.Library("http://localhost:1") with { ThirdParties = ThirdPartyMode.Observe });
        var (first, second) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));

        for (var host = 0; host < 1000; host++)
            sightings.Add(site, new Uri($"https://{Word(host)}.test"), HostUse.Image, null, first);
        Assert.Equal(HostSightings.MostOfClient, log.Lines.Count);

        sightings.Add(site, new Uri($"https://{Word(0)}.test"), HostUse.Image, null, first);
        sightings.Add(site, new Uri($"https://{Word(0)}.test"), HostUse.Image, null, second);
        sightings.Add(site, new Uri($"https://{Word(0)}.test"), HostUse.Image, null, second);
        Assert.Equal(HostSightings.MostOfClient + 1, log.Lines.Count);
        Assert.EndsWith("Reported by several clients.", log.Lines[^1], StringComparison.Ordinal);

        for (var client = 0; client < 100; client++)
        {
            for (var host = 0; host < 30; host++)
                sightings.Add(site, new Uri($"https://{Word(1000 + (client * 30) + host)}.test"), HostUse.Image, null, new IPAddress(client));
        }

        Assert.Equal(HostSightings.MostOfSite + 1, log.Lines.Count);
    }

    // Without digits, which would be replaced in the pattern.
    private static string Word(int number) => string.Concat(number.ToString("D6", null).Select(digit => (char)('g' + digit - '0')));

    private static IReadOnlyList<string> Hosts(TestGateway gateway) => [.. gateway.Log.Where(line => line.Contains("pages request the host", StringComparison.Ordinal))];

    private static Task<TestGateway> StartAsync(ThirdPartyMode parties = ThirdPartyMode.Observe, SiteMode mode = SiteMode.Enforce) => TestGateway.StartAsync(
        context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers.CacheControl = "max-age=60";
            return context.Response.WriteAsync(Requests.Html);
        },
        site => site with
        {
            Mode = mode,
            ObserveUntil = mode == SiteMode.Observe ? TestSites.Today : null,
            ThirdParties = parties,
            ThirdPartySample = 10,
            Cookies = [.. site.Cookies, TestSites.Entry(Table.Asked("statistics", "stats.example.net") with { Kind = EntryKind.Host })],
        });

    private static async Task ReportAsync(TestGateway gateway, string blocked, string directive = "img-src") => (await PostAsync(
        gateway, $$$"""{"csp-report":{"document-uri":"http://localhost/page?a=b","blocked-uri":"{{{blocked}}}","violated-directive":"{{{directive}}}"}}"""))
        .Answers(HttpStatusCode.NoContent);

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string body, string type = "application/csp-report", string site = "same-origin")
    {
        var request = Requests.To(new Uri(gateway.Url, "/_choices/policy-reports"), HttpMethod.Post, [("Sec-Fetch-Site", site)]);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
