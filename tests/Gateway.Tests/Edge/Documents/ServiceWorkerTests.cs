using Gateway.Cookies;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// A service worker that forwards a navigation requests it by fetch. The page still gets the script element, even if a cache has the response
/// to a script for the same URL. A response to a fetch of the worker itself or of a script does not.
/// </summary>
public class ServiceWorkerTests(Browser browser, Firefox firefox)
{
    private const string Worker =
        "oninstall = () => skipWaiting(); onactivate = event => event.waitUntil(clients.claim()); onfetch = event => event.respondWith(fetch(event.request));";

    [Fact, Row("F16", "F17", "H6")]
    public Task A_navigation_that_a_service_worker_forwards_gets_the_script_element_in_Chromium() => browser.RunAsync(page => HandsOnAsync(new ChromiumTab(page)));

    [Fact, Row("F16", "F17", "H6")]
    public Task A_navigation_that_a_service_worker_forwards_gets_the_script_element_in_Firefox() => firefox.RunAsync(HandsOnAsync);

    private static async Task HandsOnAsync(ITab tab)
    {
        await using var gateway = await TestGateway.StartAsync(context =>
        {
            var isWorker = context.Request.Path == "/worker.js";
            context.Response.ContentType = isWorker ? "text/javascript" : "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "max-age=600";
            return context.Response.WriteAsync(isWorker ? Worker : "<html lang=en><head><title>t</title></head><body>x</body></html>");
        }, site => site with
        {
            Cookies =
            [
                TestSites.Entry(Table.Necessary("/worker.js") with { Kind = EntryKind.ServiceWorker }),
                TestSites.Entry(Table.Necessary("c") with { Kind = EntryKind.CacheStorage }),
            ],
            Categories = [],
        });
        var url = $"http://localhost:{gateway.Url.Port}";
        await tab.GotoAsync($"{url}/");
        await tab.EvaluateAsync<bool>("navigator.serviceWorker.register('/worker.js').then(() => true)");
        await tab.UntilAsync("navigator.serviceWorker.controller");
        Assert.False(await HasLineAsync(tab, "caches.open('c').then(async c => (await c.add('/stored'), c.match('/stored')))"));
        Assert.False(await HasLineAsync(tab, "fetch('/page')"));
        await tab.GotoAsync($"{url}/page");
        Assert.True(await tab.EvaluateAsync<bool>("!!navigator.serviceWorker.controller && !!window[Symbol.for('gateway')]"));
        Assert.False(await HasLineAsync(tab, "fetch('/page')"));
        await tab.GotoAsync("about:blank");
    }

    private static Task<bool> HasLineAsync(ITab tab, string response) => tab.EvaluateAsync<bool>($"{response}.then(r => r.text()).then(text => text.includes('data-gateway'))");
}
