using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Script;

/// <summary>The placeholder of a frame: its accessibility, under hostile style sheets of the page, and in pages that are isolated from other origins.</summary>
public sealed class PlaceholderFiguresTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string Inner = "document.querySelector('iframe').contentDocument";

    private const string IsPlaceholder = $"{Inner}?.querySelector('form button')?.checkVisibility()";

    // Of every element of the placeholder: name, box, and computed properties, as in Looks.
    private const string Read = $$"""
        [...{{Inner}}.querySelectorAll('body, body *:not(script)')].map(node => {
            const style = node.ownerDocument.defaultView.getComputedStyle(node), box = node.getBoundingClientRect();
            return [node.localName + '.' + node.className, 'box: ' + [box.x, box.y, box.width, box.height].join(),
                ...[...style].filter(name => !name.startsWith('--')).map(name => name + ': ' + style.getPropertyValue(name))];
        })
        """;

    [Theory, MemberData(nameof(Names))]
    public Task Axe_finds_no_violations_in_a_placeholder(string name) => RunAsync(name, "", async (tab, url, _) =>
    {
        foreach (var (width, height) in new[] { (560, 315), (300, 150), (1280, 720) })
        {
            await tab.ResizeAsync(width, height);
            await tab.GotoAsync(url.Framed);
            await tab.UntilAsync("document.querySelector('form button')?.checkVisibility()");
            Nothing(await Axe.ViolationsAsync(tab, isOursAlone: false), width);
        }
    });

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public Task Axe_finds_no_violations_in_a_placeholder_in_dark_mode_and_forced_colours(bool isDark, bool isForced) => RunAsync(nameof(Chromium), "", async (tab, url, _) =>
    {
        await ((ChromiumTab)tab).EmulateAsync(isDark, isForced);
        await tab.ResizeAsync(560, 315);
        await tab.GotoAsync(url.Framed);
        Nothing(await Axe.ViolationsAsync(tab, isOursAlone: false), isDark, isForced);
    });

    /// <remarks>The color scheme of the element stays the page's own: browsers show a frame in it, and the placeholder has both.</remarks>
    [Theory, MemberData(nameof(Names))]
    public Task Hostile_style_sheets_of_the_page_do_not_change_a_placeholder(string name) => RunAsync(name, "", async (tab, url, _) =>
    {
        await tab.GotoAsync(url.Page);
        await tab.UntilAsync(IsPlaceholder);
        var plain = await tab.EvaluateAsync<string[][]>(Read);
        Assert.Contains(plain, node => node[0] == "button.");
        foreach (var css in HostileStyles.All.Keys)
        {
            await tab.GotoAsync($"{url.Page}?css={css}");
            await tab.UntilAsync($"{Inner}?.querySelector('form button')");
            Nothing(Looks.Changes(plain, await tab.EvaluateAsync<string[][]>(Read)), css);
        }
    });

    [Theory]
    [InlineData(nameof(Chromium), "require-corp")]
    [InlineData(nameof(Firefox), "require-corp")]
    [InlineData(nameof(Chromium), "credentialless")]
    [InlineData(nameof(Firefox), "credentialless")]
    public Task A_page_that_embeds_only_what_allows_it_shows_the_placeholder_and_the_frame_in_its_place(string name, string policy) => RunAsync(name, policy, async (tab, url, player) =>
    {
        await tab.GotoAsync(url.Page);
        await tab.UntilAsync(IsPlaceholder);
        Assert.True(await tab.EvaluateAsync<bool>("crossOriginIsolated"));
        Assert.Empty(player.Received);
        await tab.EvaluateAsync<string>("""fetch("/_choices/choice", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"choice":"accept"}' }).then(answer => answer.text())""");
        await tab.EvaluateAsync<int>($"(document.querySelector('iframe').contentWindow.location.replace('{url.Framed}&isolated'), 0)");
        await tab.UntilAsync("window.said === 'ready'");
        Assert.Equal(["/video"], player.Received.Select(request => request.Target));
    });

    /// <param name="embedder">The embedder policy of the page; empty for none.</param>
    private async Task RunAsync(string name, string embedder, Func<ITab, (string Page, string Framed), Backend, Task> test)
    {
        await using var player = await Backend.StartAsync(context =>
        {
            var headers = context.Response.Headers;
            headers.ContentType = "text/html";
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return context.Response.WriteAsync("<!doctype html><title>Player</title><script>parent.postMessage('ready', '*')</script>");
        });
        var host = $"http://videos.localhost:{player.Url.Port}";
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                var headers = context.Response.Headers;
                headers.ContentType = "text/html; charset=utf-8";
                if (embedder.Length > 0)
                {
                    headers["Cross-Origin-Embedder-Policy"] = embedder;
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                }

                var css = HostileStyles.All.GetValueOrDefault(context.Request.Query["css"].ToString(), "");
                return context.Response.WriteAsync($"""
                    <!doctype html><html lang=en><head><title>Page</title><style>{css}</style></head><body>
                    <script>addEventListener('message', event => window.said = event.data)</script>
                    <iframe src="{host}/video" style="all: revert !important; width: 480px !important; max-width: none !important; height: 270px !important; color-scheme: light !important"></iframe>
                    </body></html>
                    """);
            },
            site => site with
            {
                ThirdParties = ThirdPartyMode.Enforce,
                Categories = [TestSites.Category("statistics")],
                Cookies = [TestSites.Entry(Table.Asked("statistics", host) with { Kind = EntryKind.Host, Party = Party.Third })],
            },
            time: new(TimeProvider.System.GetUtcNow()));
        var url = $"http://localhost:{gateway.Url.Port}/";
        await RunAsync(name, tab => test(tab, (url, $"{url}_choices/frame?url={Uri.EscapeDataString(host + "/video")}&lang=en"), player));
    }
}
