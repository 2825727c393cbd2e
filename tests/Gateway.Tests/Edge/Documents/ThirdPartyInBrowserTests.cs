using System.Collections.Concurrent;
using System.Net;
using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// What reaches another host from a page, in each state of consent: every kind of request, in the markup and by scripts, in both browsers. The
/// other host is a second name of this machine.
/// </summary>
public sealed class ThirdPartyInBrowserTests(Browser chromium, Firefox firefox)
{
    // What both browsers request as soon as they may. Each is a control: without it, "nothing was requested" would say nothing.
    private static readonly string[] Requested =
    [
        "/beacon", "/css", "/embed", "/event-source", "/fetch", "/font", "/frame", "/import-css", "/import-script", "/image", "/media", "/module", "/module-import",
        "/object", "/picture", "/preload", "/redirected", "/script", "/script-frame", "/script-image", "/script-script", "/sendform", "/svg-image", "/worker-fetch", "/worker-import",
        "/written", "/xhr",
    ];

    [Theory]
    [InlineData("Chromium")]
    [InlineData("Firefox")]
    public async Task Nothing_reaches_another_host_before_the_grant_and_nothing_after_its_withdrawal(string name)
    {
        await using var other = await OtherHost.StartAsync();
        await using var backend = await Support.Backend.StartAsync(context => SiteAsync(context, other.Address));
        await using var gateway = await TestGateway.StartAsync([Site(backend.Url, other.Name)], now: DateTimeOffset.UtcNow);
        await InAsync(name, async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/";
            foreach (var (choice, isAllowed) in new[] { ("", false), ("refuse", false), ("accept", true), ("refuse", false), ("accept", true) })
            {
                if (choice.Length > 0)
                    await tab.EvaluateAsync<int>($$"""fetch('/_choices/choice', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"choice":"{{choice}}"}' }).then(answer => answer.status)""");

                // A page that was loaded with a grant can still prefetch until it is left.
                await tab.GotoAsync("about:blank");
                other.Requests.Clear();
                await tab.GotoAsync(url);
                await tab.UntilAsync("window.isDone");
                Assert.Equal("", await tab.EvaluateAsync<string>("window.violations.join()"));
                if (isAllowed)
                    await AllAreRequestedAsync(other);
                else
                    Assert.Equal("", string.Join(' ', other.Requests.Keys));
            }
        });
    }

    [Fact]
    public async Task A_browser_reports_the_hosts_of_an_observed_page_and_loads_them()
    {
        await using var other = await OtherHost.StartAsync();
        await using var backend = await Support.Backend.StartAsync(context => SiteAsync(context, other.Address));
        await using var gateway = await TestGateway.StartAsync([Site(backend.Url, other.Name) with { ThirdParties = ThirdPartyMode.Observe }], now: DateTimeOffset.UtcNow);
        await InAsync("Chromium", async tab =>
        {
            await tab.GotoAsync($"http://localhost:{gateway.Url.Port}/");
            await tab.UntilAsync("window.isDone");
            Assert.Equal("", await tab.EvaluateAsync<string>("window.violations.join()"));
            await AllAreRequestedAsync(other);
            foreach (var use in new[] { "script", "frame", "image", "style", "font", "media", "connect", "object" })
                await Eventually.IsTrueAsync(() => gateway.Log.Any(line => line.Contains($"other.localhost:* ({use})", StringComparison.Ordinal)));
        });
    }

    private static async Task AllAreRequestedAsync(OtherHost other)
    {
        try
        {
            await Eventually.IsTrueAsync(() => !Requested.Except(other.Requests.Keys).Any());
        }
        catch (TimeoutException)
        {
            Assert.Equal("", string.Join(' ', Requested.Except(other.Requests.Keys)));
        }
    }

    private Task InAsync(string name, Func<ITab, Task> test) =>
        name == "Firefox" ? firefox.RunAsync(test) : chromium.RunAsync(page => test(new ChromiumTab(page)));

    private static SiteConfig Site(Uri backend, string host) => TestSites.Library(backend.ToString()) with
    {
        ThirdParties = ThirdPartyMode.Enforce,
        Cookies = [TestSites.Entry(Table.Asked("statistics", host) with { Kind = EntryKind.Host })],
        Categories = [TestSites.Category("statistics")],
    };

    private static Task SiteAsync(HttpContext context, string other)
    {
        switch (context.Request.Path.Value)
        {
            case "/redirect":
                context.Response.Redirect($"{other}/redirected");
                return Task.CompletedTask;
            case "/worker.js":
                context.Response.ContentType = "text/javascript";
                return context.Response.WriteAsync(
                    $"(async () => {{ try {{ await fetch('{other}/worker-fetch') }} catch {{}} try {{ importScripts('{other}/worker-import') }} catch {{}} postMessage(1) }})()");
            case "/picture.svg":
                context.Response.ContentType = "image/svg+xml";
                return context.Response.WriteAsync($"<svg xmlns='http://www.w3.org/2000/svg'><image href='{other}/svg-image' width='9' height='9'/></svg>");
            case "/":
                context.Response.ContentType = "text/html";
                return context.Response.WriteAsync(Page(other));
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    private static string Page(string other) => $$"""
        <!doctype html><html lang=en><head><meta charset=utf-8><title>t</title>
        <script>violations = []; addEventListener('securitypolicyviolation', event => violations.push(event.blockedURI))</script>
        <link rel=stylesheet href='{{other}}/css'><link rel=preload as=image href='{{other}}/preload'>
        <link rel=modulepreload href='{{other}}/modulepreload'><link rel=prefetch href='{{other}}/prefetch'><link rel=icon href='{{other}}/icon'><link rel=manifest href='{{other}}/manifest'>
        <style>@import '{{other}}/import-css'; @font-face { font-family: f; src: url('{{other}}/font') } p { font-family: f }</style>
        <script src='{{other}}/script'></script><script type=module src='{{other}}/module'></script>
        </head><body><p>text</p>
        <script>document.write("<script src='{{other}}/written'><\/script>")</script>
        <img src='{{other}}/image' alt><img srcset='{{other}}/picture 1x' alt><img src=/redirect alt><video src='{{other}}/media'></video>
        <iframe src='{{other}}/frame'></iframe><iframe src=/picture.svg></iframe><object data='{{other}}/object'></object><embed src='{{other}}/embed' type=text/html>
        <a ping='{{other}}/ping' href='#x'>x</a>
        <iframe name=target></iframe><form action='{{other}}/sendform' target=target></form>
        <script type=module>
          const o = '{{other}}';
          const attempt = async run => { try { await run() } catch {} };
          await Promise.all([
            attempt(() => fetch(o + '/fetch', { mode: 'no-cors' })),
            attempt(() => new Promise(done => { const x = new XMLHttpRequest(); x.onloadend = done; x.open('GET', o + '/xhr'); x.send() })),
            attempt(() => navigator.sendBeacon(o + '/beacon', 'x')),
            attempt(() => new Promise(done => { const e = new EventSource(o + '/event-source'); e.onerror = () => { e.close(); done() } })),
            attempt(() => new Promise(done => { const w = new WebSocket(o.replace('http', 'ws') + '/web-socket'); w.onclose = w.onerror = done })),
            attempt(() => import(o + '/module-import')),
            attempt(() => new Promise(done => { const s = document.createElement('script'); s.onload = s.onerror = done; s.src = o + '/script-script'; document.head.append(s) })),
            attempt(() => new Promise(done => { const i = new Image(); i.onload = i.onerror = done; i.src = o + '/script-image' })),
            attempt(() => { const f = document.createElement('iframe'); f.src = o + '/script-frame'; document.body.append(f) }),
            attempt(() => new Promise(done => { const s = document.createElement('script'); s.onload = s.onerror = done; s.src = o + '/import-script'; document.body.append(s) })),
            attempt(() => new Promise(done => { const w = new Worker('/worker.js'); w.onmessage = w.onerror = done })),
            attempt(() => document.querySelector('a').click()),
            attempt(() => document.querySelector('form').submit()),
          ]);
          await document.fonts.ready;
          window.isDone = true;
        </script></body></html>
        """;

    /// <summary>The other host. It answers everything, so that nothing fails for another reason.</summary>
    private sealed class OtherHost : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private OtherHost(WebApplication app) => _app = app;

        /// <summary>The paths that were requested.</summary>
        public ConcurrentDictionary<string, bool> Requests { get; } = new();

        public string Name { get; private set; } = "";

        public string Address => $"http://{Name}";

        public static async Task<OtherHost> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var host = new OtherHost(builder.Build());
            host._app.Run(host.AnswerAsync);
            await host._app.StartAsync(TestContext.Current.CancellationToken);
            host.Name = $"other.localhost:{new Uri(host._app.Urls.First()).Port}";
            return host;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private Task AnswerAsync(HttpContext context)
        {
            var path = context.Request.Path.Value!;
            Requests[path] = true;
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = path switch
            {
                "/css" or "/import-css" => "text/css",
                "/frame" or "/script-frame" or "/object" or "/embed" or "/sendform" => "text/html",
                _ => "text/javascript",
            };
            return context.Response.WriteAsync("");
        }
    }
}
