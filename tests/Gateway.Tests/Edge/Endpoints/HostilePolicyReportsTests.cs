using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Cookies;
using Gateway.Edge.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Tests.Edge.Endpoints;

/// <summary>Clients that invent reports about third parties: neither memory nor the log grows with them, and visitors notice nothing.</summary>
public sealed class HostilePolicyReportsTests
{
    [Fact]
    public void A_million_invented_hosts_of_as_many_clients_are_not_remembered()
    {
        using var log = new CollectedLog();
        var time = new FakeTimeProvider(TestSites.Noon);
        using var sightings = new HostSightings(new SightingLog(log.For<SightingLog>()), new(time), time);
        var site = TestSites.Compiled(TestSites.Library("http://localhost:1") with { ThirdParties = ThirdPartyMode.Observe });

        for (var report = 0; report < 1_000_000; report++)
            sightings.Add(site, Invented(report), HostUse.Image, null, new IPAddress(report));
        Assert.Equal(HostSightings.MostOfSite, log.Lines.Count);
        Assert.InRange(sightings.Count, HostSightings.MostOfSite, HostSightings.MostOfSite + HostSightings.MostClients);

        // What is full does not allocate for a further report more than the text that is looked for.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var report = 0; report < 1_000; report++)
            sightings.Add(site, Invented(report), HostUse.Image, null, new IPAddress(report));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000 * 4_000);

        // After an hour the next hosts are seen again.
        time.Advance(TimeSpan.FromHours(1));
        sightings.Add(site, new Uri("https://real.test"), HostUse.Image, null, new IPAddress(1));
        Assert.Equal(HostSightings.MostOfSite + 1, log.Lines.Count);
    }

    [Fact]
    public async Task Thousands_of_invented_reports_over_sockets_change_no_answer_to_a_visitor()
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Requests.Html);
            },
            site => site with { ThirdParties = ThirdPartyMode.Observe, ThirdPartySample = 1 },
            config => config with { TrustedProxies = ["127.0.0.1"] });
        var expected = await PageAsync(gateway);

        const int Connections = 8, Reports = 1_000;
        var answers = new ConcurrentBag<int>();
        var flood = Task.WhenAll(Enumerable.Range(0, Connections).Select(client => Task.Run(async () => answers.Add(await ReportAsync(gateway, client, Reports)))));
        var visits = 0;
        while (!flood.IsCompleted || visits < 20)
        {
            Assert.Equal(expected, await PageAsync(gateway));
            visits++;
        }

        await flood;
        Assert.Equal(Connections * Reports, answers.Sum());
        Assert.Equal(HostSightings.MostOfSite, gateway.Log.Count(line => line.Contains("pages request the host", StringComparison.Ordinal)));
        Assert.InRange(gateway.Services.GetRequiredService<HostSightings>().Count, HostSightings.MostOfSite, HostSightings.MostOfSite + HostSightings.MostClients);
    }

    // Without digits, which would be replaced in the pattern.
    private static Uri Invented(int number) => new($"https://{string.Concat(number.ToString("D7", null).Select(digit => (char)('g' + digit - '0')))}.test");

    private static async Task<string> PageAsync(TestGateway gateway)
    {
        var answer = await gateway.NavigateAsync("/");
        answer.Answers(HttpStatusCode.OK);
        return $"{answer.Line("Content-Security-Policy-Report-Only")}\n{await answer.BytesAsync()}";
    }

    // Each report of another client, on one connection. Returns how many were taken.
    private static async Task<int> ReportAsync(TestGateway gateway, int client, int reports)
    {
        var (taken, buffer) = (0, new byte[4096]);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Url.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        for (var report = 0; report < reports; report++)
        {
            var body = $$$"""{"csp-report":{"document-uri":"http://localhost/","blocked-uri":"{{{Invented((client * reports) + report)}}}","violated-directive":"img-src"}}""";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(
                $"POST /_choices/policy-reports HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: 10.{client}.{report / 250}.{report % 250}\r\n"
                + $"Content-Type: application/csp-report\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            var answer = "";
            while (!answer.Contains("\r\n\r\n", StringComparison.Ordinal))
                answer += Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer));
            taken += answer.StartsWith("HTTP/1.1 204 ", StringComparison.Ordinal) ? 1 : 0;
        }

        return taken;
    }
}
