using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Edge.Documents;

/// <summary>Audience measurement that is exempt from consent and runs on a host of its own: it counts until the visitor objects.</summary>
public sealed class ExemptAudienceHostTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    // As Matomo in the exempt settings: one identifier of the site alone, for 13 months.
    private const string Script = """
        (function () {
          var address = new URL(document.currentScript.src).origin;
          var id = (document.cookie.match(/_pk_id\.1=(\w+)/) || [])[1];
          if (!id) document.cookie = "_pk_id.1=" + (id = Math.random().toString(16).slice(2)) + "; path=/; max-age=" + 390 * 86400;
          function run(call) { if (call[0].startsWith("track")) navigator.sendBeacon(address + "/matomo.php?idsite=1&rec=1&_id=" + id + "&what=" + call[0], ""); }
          _paq.forEach(run);
          _paq = window._paq = { push: run };
        })();
        """;

    [Theory, MemberData(nameof(Names))]
    public async Task Two_visits_count_as_those_of_one_visitor_and_after_an_objection_nothing_is_sent(string name)
    {
        await using var matomo = await Backend.StartAsync(context =>
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return context.Response.WriteAsync(Script);
        });
        var host = $"matomo.localhost:{matomo.Url.Port}";
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync($"<!doctype html><html lang=en><head><title>Page</title>{UsualTags.All[0].Snippet.Replace("{host}", host, StringComparison.Ordinal)}</head><body>text</body></html>");
            },
            site => site with
            {
                ThirdParties = ThirdPartyMode.Enforce,
                Cookies = [.. site.Cookies, TestSites.Entry(Table.Audience("13 months", host) with { Kind = EntryKind.Host, Party = Party.Third })],
            },
            time: new(TimeProvider.System.GetUtcNow()));
        await RunAsync(name, async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/";
            await tab.GotoAsync(url);
            await Eventually.IsTrueAsync(() => Visits().Count == 1);
            await tab.ChooseAsync(accepts: false);
            await tab.LeaveSiteAsync();
            await tab.GotoAsync(url);
            await Eventually.IsTrueAsync(() => Visits().Count == 2);
            Assert.Single(Visits().Distinct());

            // The page loads itself again: something in it is no longer allowed, and later is allowed again.
            var sent = matomo.Received.Count;
            await ObjectAsync(tab);
            await UseAsync(tab);
            await tab.GotoAsync(url);
            await UseAsync(tab);
            Assert.Equal(sent, matomo.Received.Count);
            Assert.Equal("cookies_preferences", await tab.JarAsync());

            await ObjectAsync(tab);
            await Eventually.IsTrueAsync(() => Visits().Count == 3);
            Assert.Equal(2, Visits().Distinct().Count());
        });

        List<string> Visits() => [.. matomo.Received.Select(request => request.Target).Where(target => target.Contains("what=trackPageView", StringComparison.Ordinal))];
    }

    // Ticks, or unticks, the check box in the dialog.
    private static async Task ObjectAsync(ITab tab)
    {
        await tab.OpenDialogAsync();
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('dialog input[name=audience]').click(), 0)");
        await tab.DecideAsync(() => tab.PressOnAsync($"{Stage.Root}.querySelector('dialog .save')"));
    }

    // An event in the page. The request after it is answered when what the page had to send has left.
    private static async Task UseAsync(ITab tab)
    {
        await tab.EvaluateAsync<int>("(_paq.push(['trackEvent', 'form', 'sent']), 0)");
        await tab.EvaluateAsync<string>("fetch('/').then(answer => answer.text())");
    }
}
