using System.Collections.Concurrent;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The script and the gateway compare hosts in the same way: <c>cases/host-sources.txt</c> holds for both.</summary>
public sealed class PlaceholderHostsTests(Browser browser)
{
    [Fact]
    public Task A_frame_gets_a_placeholder_if_the_table_lists_its_URL() => browser.RunAsync(async page =>
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(Requests.Html);
        });
        var asked = new ConcurrentDictionary<string, bool>();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { AbsolutePath: "/_choices/frame" } url)
                asked[QueryHelpers.ParseQuery(url.Query)["url"].ToString()] = true;
        };

        var cases = CaseFile.Read("host-sources").Select(CaseFile.Columns).Where(row => row[1].StartsWith("http", StringComparison.Ordinal));
        foreach (var name in cases.GroupBy(row => row[0], row => (Url: row[1], IsAllowed: row[2] == "yes")))
        {
            await gateway.SwapAsync(site => site with
            {
                ThirdParties = ThirdPartyMode.Enforce,
                Categories = [TestSites.Category("statistics")],
                Cookies = [TestSites.Entry(Table.Asked("statistics", name.Key) with { Kind = EntryKind.Host })],
            });
            await page.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            asked.Clear();
            var addresses = await page.EvaluateAsync<string[]>(
                "urls => urls.map(url => { const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame); return frame.src })",
                name.Select(one => one.Url).ToArray());
            var expected = addresses.Zip(name).Where(one => one.Second.IsAllowed).Select(one => one.First).Distinct().Order(StringComparer.Ordinal).ToList();

            await Eventually.IsTrueAsync(() => expected.TrueForAll(asked.ContainsKey), name.Key);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
            Assert.Equal((name.Key, string.Join(' ', expected)), (name.Key, string.Join(' ', asked.Keys.Order(StringComparer.Ordinal))));
        }
    });
}
