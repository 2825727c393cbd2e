using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>After a choice that changes what a page may run, the page is reloaded unless it is the response to a form.</summary>
public sealed class PostedPageInBrowserTests(Browser browser, Firefox firefox)
{
    [Fact]
    public Task A_page_that_answered_a_form_is_not_reloaded_in_Chromium() => browser.RunAsync(page => DecideAsync(new ChromiumTab(page)));

    [Fact]
    public Task A_page_that_answered_a_form_is_not_reloaded_in_Firefox() => firefox.RunAsync(DecideAsync);

    private static async Task DecideAsync(ITab tab)
    {
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(
                    $"<!doctype html><html lang=en><head><title>Order</title><script>document.cookie = '_ga=1'</script></head><body><h1>{context.Request.Method}</h1><form method=post><button>Order</button></form></body></html>");
            },
            time: new(TimeProvider.System.GetUtcNow()));
        await tab.GotoAsync($"http://localhost:{gateway.Url.Port}/order");
        await tab.EvaluateAsync<bool>("setTimeout(() => document.forms[0].requestSubmit()) > 0");
        await tab.UntilAsync($"document.readyState === 'complete' && document.querySelector('h1').textContent === 'POST' && {Stage.Root}.querySelector('.bar').checkVisibility()");
        await tab.ChooseAsync(accepts: true);
        Assert.True(await tab.EvaluateAsync<bool>($"{Stage.Root}.isOld"));
        Assert.Equal(
            ["Your choices are saved. They apply in full from the next page.", "Reload the page"],
            await tab.EvaluateAsync<string[]>($"[...{Stage.Root}.querySelectorAll('.said [role=status], .said button:not([hidden])')].slice(0, 2).map(one => one.textContent)"));

        await tab.ForgetAsync();
        await tab.GotoAsync($"http://localhost:{gateway.Url.Port}/order");
        await tab.ChooseAsync(accepts: true);
        Assert.False(await tab.EvaluateAsync<bool>($"!!{Stage.Root}.isOld"));
        Assert.Equal(["GET", "POST", "GET", "GET"], gateway.Received.Where(request => request.Target == "/order").Select(request => request.Method));
    }
}
