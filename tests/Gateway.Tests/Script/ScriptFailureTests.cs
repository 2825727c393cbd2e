using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A failure of the script in a browser: the page gets no error, and the gateway gets a report.</summary>
public sealed class ScriptFailureTests(Browser browser)
{
    [Fact]
    public Task A_part_that_fails_is_reported_once_and_the_others_run() =>
        RunAsync("window.Event = null", Notices.Full with { Signals = new() { ScriptApi = "consentGateway" } }, """[["error","api"]]""", isShown: true);

    [Fact]
    public Task The_guard_still_works_if_the_banner_fails() =>
        RunAsync("window.IntersectionObserver = null", Notices.Full, """[["error","start"]]""", isShown: false);

    private Task RunAsync(string before, SiteNotice notice, string report, bool isShown) => PageServer.RunAsync(browser, notice, async (page, server) =>
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.AddInitScriptAsync(before);
        await page.GotoAsync(server.Url);
        await Eventually.IsTrueAsync(() => server.Refused.Count > 0);

        Assert.Equal([report], server.Refused);
        Assert.Empty(errors);
        Assert.Equal(isShown ? 1 : 0, await page.Locator("site-gateway .bar").CountAsync());
        Assert.Equal("", await page.EvaluateAsync<string>("() => { document.cookie = '_ga=1'; return document.cookie }"));
    });
}
