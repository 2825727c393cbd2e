using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Script;

/// <summary>Frames of a third party: a placeholder until the visitor allows them, then the frame in place, without loading the page again.</summary>
public sealed class PlaceholdersTests(Browser chromium, Firefox firefox)
{
    private const string Frame = "document.querySelector('iframe')";

    private const string InFrame = Frame + ".contentDocument";

    private const string IsPlaceholder = $"{InFrame}?.querySelector('form button')?.checkVisibility()";

    private const string Press = $"({InFrame}.querySelector('form button').click(), 0)";

    // A player that says that it is there, and answers messages.
    private const string Player = """
        <!doctype html><title>Player</title><script>
        addEventListener("message", event => event.source.postMessage({ answer: event.data.question }, event.origin));
        parent.postMessage({ isReady: true, name, origin }, "*");
        </script>
        """;

    // Collects messages as a player's script interface does.
    private const string Listener = "<script>var messages = []; addEventListener('message', ({ data, origin, source }) => messages.push([data, origin, source === document.querySelector('iframe').contentWindow, data instanceof Object]))</script>";

    public static TheoryData<string> Browsers => BothBrowsers.Names;

    [Theory]
    [MemberData(nameof(Browsers))]
    public Task A_frame_is_a_placeholder_until_it_is_allowed_and_again_after_a_withdrawal(string browser) => RunAsync(
        browser,
        player => $"{Listener}<iframe src='{player}video?a=1&amp;b=2' name=player width=480 height=270 allow='fullscreen; autoplay' sandbox='allow-scripts allow-same-origin'></iframe><p id=after>After</p>",
        async (tab, player) =>
        {
            const string Element = $"[{Frame}.outerHTML, JSON.stringify({Frame}.getBoundingClientRect()), after.getBoundingClientRect().top, history.length]";
            await tab.UntilAsync(IsPlaceholder);
            var before = await tab.EvaluateAsync<object[]>(Element);
            Assert.Equal("Content from Analyst is not shown, because you have not allowed it (The statistics).", await tab.EvaluateAsync<string>($"{InFrame}.querySelector('h1').textContent"));
            Assert.Empty(player.Received);

            var origin = $"http://videos.localhost:{player.Url.Port}";
            await tab.EvaluateAsync<int>($"(document.isFirst = true, {Press})");
            await tab.UntilAsync("messages.length");
            await tab.EvaluateAsync<int>($"({Frame}.contentWindow.postMessage({{ question: 42 }}, '{origin}'), 0)");
            await tab.UntilAsync("messages.length === 2");

            Assert.Equal(
                $"[[{{\"isReady\":true,\"name\":\"player\",\"origin\":\"{origin}\"}},\"{origin}\",true,true],[{{\"answer\":42}},\"{origin}\",true,true]]",
                await tab.EvaluateAsync<string>("JSON.stringify(messages)"));
            Assert.Equal("/video?a=1&b=2", Assert.Single(player.Received).Target);
            Assert.Equal(before.Select(one => $"{one}"), (await tab.EvaluateAsync<object[]>(Element)).Select(one => $"{one}"));
            Assert.True(await tab.EvaluateAsync<bool>("document.isFirst"));

            await tab.ChooseAsync(accepts: false);
            await tab.UntilAsync(IsPlaceholder);
            Assert.True(await tab.EvaluateAsync<bool>("document.isFirst"));
            Assert.Single(player.Received);
        });

    [Fact]
    public Task All_frames_of_a_category_load_in_place_however_they_came_into_the_page() => RunAsync(
        nameof(Chromium),
        player => $"<iframe src='{player}markup'></iframe><iframe loading=lazy src='{player}lazy'></iframe><div id=later></div>",
        async (tab, player) =>
        {
            await tab.EvaluateAsync<int>($$"""
                (() => {
                    const frame = document.createElement("iframe");
                    frame.src = "{{player.Url}}script".replace("127.0.0.1", "videos.localhost");
                    later.append(frame);
                    later.insertAdjacentHTML("beforeend", `<p>${frame.outerHTML.replace("script", "html")}</p><iframe></iframe>`);
                    later.lastChild.src = frame.src.replace("script", "set");
                    return 0;
                })()
                """);
            await tab.UntilAsync("[...document.querySelectorAll('iframe')].every(frame => frame.contentDocument?.querySelector('form button'))");
            Assert.Empty(player.Received);

            await tab.EvaluateAsync<int>(Press);
            await Eventually.IsTrueAsync(() => player.Received.Count == 5);
            Assert.Equal(["/html", "/lazy", "/markup", "/script", "/set"], player.Received.Select(request => request.Target).Order(StringComparer.Ordinal));
        });

    [Fact]
    public Task A_choice_in_the_banner_and_one_in_another_tab_reach_the_frames_of_this_page() => RunAsync(
        nameof(Chromium),
        player => $"<iframe src='{player}video'></iframe>",
        async (tab, player) =>
        {
            var page = ((ChromiumTab)tab).Page;
            await tab.UntilAsync(IsPlaceholder);
            await tab.EvaluateAsync<bool>("document.isFirst = true");
            await tab.PressOnAsync($"{Stage.Root}.querySelector('.choice')");
            await Eventually.IsTrueAsync(() => player.Received.Count == 1);

            var other = await page.Context.NewPageAsync();
            await other.GotoAsync(page.Url);
            await other.Control().ClickAsync();
            await other.Button("Refuse all").ClickAsync();
            await page.BringToFrontAsync();
            await tab.EvaluateAsync<bool>("document.dispatchEvent(new Event('visibilitychange'))");
            await tab.UntilAsync(IsPlaceholder);
            Assert.True(await tab.EvaluateAsync<bool>("document.isFirst"));
        });

    [Fact]
    public Task A_frame_that_gets_another_address_shows_that_one_and_Back_leaves_no_refused_frame() => RunAsync(
        nameof(Chromium),
        player => $"<a href='/other'>Other</a><iframe src='{player}one'></iframe>",
        async (tab, player) =>
        {
            var page = ((ChromiumTab)tab).Page;
            await tab.UntilAsync(IsPlaceholder);
            await tab.EvaluateAsync<int>(Press);
            await Eventually.IsTrueAsync(() => player.Received.Count == 1);
            await tab.EvaluateAsync<string>($"{Frame}.src = {Frame}.src.replace('one', 'two')");
            await Eventually.IsTrueAsync(() => player.Received.Any(request => request.Target == "/two"));

            await page.GetByText("Other").ClickAsync();
            await page.WaitForURLAsync("**/other");
            await page.GoBackAsync();
            await Eventually.IsTrueAsync(() => page.Frames.Any(frame => frame.Url.Contains("videos.localhost", StringComparison.Ordinal)));
            Assert.All(player.Received, request => Assert.Contains(request.Target, new[] { "/one", "/two" }));
        });

    [Fact]
    public Task A_frame_that_is_not_listed_and_one_of_the_site_stay_as_they_are() => RunAsync(
        nameof(Chromium),
        player => $"<iframe src='/own'></iframe><iframe src='{player.Replace("videos", "others", StringComparison.Ordinal)}'></iframe><iframe srcdoc='x' src='{player}'></iframe>",
        async (tab, player) =>
        {
            await tab.UntilAsync("document.readyState === 'complete'");
            Assert.Equal(
                ["/own", null, "srcdoc"],
                await tab.EvaluateAsync<string?[]>("[...document.querySelectorAll('iframe')].map(frame => frame.contentDocument && frame.contentWindow.location.pathname)"));
            Assert.Empty(player.Received);
        });

    private Task RunAsync(string browser, Func<string, string> body, Func<ITab, Backend, Task> test) =>
        RunAsync(browser, body, ["en"], "/", test);

    private async Task RunAsync(string browser, Func<string, string> body, string[] languages, string path, Func<ITab, Backend, Task> test)
    {
        await using var player = await Backend.StartAsync(context => HtmlAsync(context, Player));
        var host = $"http://videos.localhost:{player.Url.Port}";
        await using var gateway = await TestGateway.StartAsync(
            context => HtmlAsync(context, $"<!doctype html><html lang={languages[0]}><title>Page</title><body>{body(host + "/")}"),
            site => site with
            {
                ThirdParties = ThirdPartyMode.Enforce,
                Categories = [TestSites.Category("statistics")],
                Cookies = [TestSites.Entry(Table.Asked("statistics", host) with { Kind = EntryKind.Host, Party = Party.Third })],
            },
            time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var url = $"http://localhost:{gateway.Url.Port}{path}";
        if (browser == nameof(Firefox))
            await firefox.RunAsync(tab => GoAsync(tab));
        else
            await chromium.RunAsync(page => GoAsync(new ChromiumTab(page)));

        async Task GoAsync(ITab tab)
        {
            await tab.GotoAsync(url);
            await test(tab, player);
        }
    }

    private static Task HtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    }
}
