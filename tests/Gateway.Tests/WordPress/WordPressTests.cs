using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.WordPress;

/// <summary>
/// In front of WordPress with three trackers and a video in its theme: nothing leaves before the choice, and log-in and editor work in every
/// state.
/// </summary>
public sealed class WordPressTests(Browser chromium, Firefox firefox, WordPressSite wordpress) : BothBrowsers(chromium, firefox), IClassFixture<WordPressSite>
{
    private const string Ready = "document.readyState === 'complete'";

    // The requests of a page view, which no visitor has yet caused by using the page.
    private static readonly string[] Expected =
        [.. WordPressSite.Tags.SelectMany(tag => tag.Requests.SkipLast(1)).Append($"{WordPressSite.Video} /embed/1.html").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public async Task Nothing_leaves_before_the_choice_and_log_in_and_editor_work_in_every_state(string name)
    {
        var backend = await wordpress.UrlAsync();
        await using var gateway = await TestGateway.StartAsync([Site(backend, wordpress.Others.Url.Port)], now: TimeProvider.System.GetUtcNow());
        await RunAsync(name, async tab =>
        {
            await tab.AtStartAsync("() => { window.errors = []; addEventListener('error', event => event.message && errors.push(event.message)) }");
            var url = $"http://localhost:{gateway.Url.Port}/";
            foreach (var (state, accepts) in new[] { ("undecided", (bool?)null), ("refused", false), ("accepted", true), ("withdrawn", false) })
            {
                await tab.GotoAsync(url);
                if (accepts is { } choice)
                    await tab.ChooseAsync(choice);
                await tab.LeaveSiteAsync();
                wordpress.Others.Received.Clear();
                await tab.GotoAsync(url);
                Assert.Equal("", await tab.EvaluateAsync<string>("errors.join()"));

                await LogInAsync(tab, url);
                var title = $"{name} {state}";
                var post = await WriteAsync(tab, url, title);
                await tab.GotoAsync($"{url}?p={post}");
                Assert.Equal(title, await tab.EvaluateAsync<string>("document.querySelector('article h1').textContent"));
                await LogOutAsync(tab);
                if (accepts == true)
                    await AllAsync(state);
                else
                    Assert.Equal((state, ""), (state, string.Join(' ', Requests())));
            }
        });
    }

    private static async Task LogInAsync(ITab tab, string url)
    {
        await tab.GotoAsync($"{url}wp-login.php");
        await tab.UntilAsync(Ready);
        await tab.LoadsAsync(() => tab.EvaluateAsync<int>(
            $"(user_login.value = '{WordPressSite.User}', user_pass.value = '{WordPressSite.Password}', setTimeout(() => document.querySelector('#wp-submit').click()), 0)"));
        Assert.Equal("/wp-admin/", await tab.EvaluateAsync<string>("location.pathname"));
        Assert.True(await tab.EvaluateAsync<bool>("!!document.querySelector('#wpadminbar')"));
        Assert.Equal("", await tab.EvaluateAsync<string>("errors.join()"));
    }

    // Writes and publishes a post in the block editor. Returns its number.
    private static async Task<int> WriteAsync(ITab tab, string url, string title)
    {
        await tab.GotoAsync($"{url}wp-admin/post-new.php");
        await tab.UntilAsync("document.querySelector('.editor-post-title__input')?.checkVisibility() && wp.data.select('core/editor').getCurrentPostId()");
        await tab.EvaluateAsync<int>($$"""
            wp.data.dispatch("core/editor").editPost({ title: "{{title}}", status: "publish" })
              .then(() => wp.data.dispatch("core/block-editor").insertBlocks(wp.blocks.createBlock("core/paragraph", { content: "Text" })))
              .then(() => wp.data.dispatch("core/editor").savePost()).then(() => 0)
            """);
        Assert.True(await tab.EvaluateAsync<bool>("wp.data.select('core/editor').didPostSaveRequestSucceed()"));
        Assert.Equal("", await tab.EvaluateAsync<string>("errors.join()"));
        return await tab.EvaluateAsync<int>("wp.data.select('core/editor').getCurrentPostId()");
    }

    private static async Task LogOutAsync(ITab tab)
    {
        await tab.LoadsAsync(() => tab.EvaluateAsync<bool>("setTimeout(() => document.querySelector('#wp-admin-bar-logout a').click()) > 0"));
        Assert.Equal("?loggedout=true", (await tab.EvaluateAsync<string>("location.search"))[..15]);
    }

    private async Task AllAsync(string state)
    {
        try
        {
            await Eventually.IsTrueAsync(() => !Expected.Except(Requests()).Any());
        }
        catch (TimeoutException)
        {
            // Says which request is missing.
        }

        Assert.Equal((state, string.Join(' ', Expected)), (state, string.Join(' ', Requests().Distinct().Order(StringComparer.Ordinal))));
    }

    private List<string> Requests() => [.. wordpress.Others.Received.Select(request => $"{request.Headers.Host.ToString().Split('.')[0]} {request.Target}").Where(request => !request.EndsWith(" /favicon.ico", StringComparison.Ordinal))];

    private static SiteConfig Site(Uri backend, int port) => TestSites.Library(backend.ToString()) with
    {
        ThirdParties = ThirdPartyMode.Enforce,
        Languages = ["en"],
        Categories = [TestSites.Category("statistics"), TestSites.Category("video")],
        Cookies =
        [
            TestSites.Entry(Table.Necessary("wordpress_*", "wp-settings-*", "wp_lang")),
            TestSites.Entry(Table.Necessary("WP_DATA_USER_*", "WP_PREFERENCES_USER_*", "wp-autosave-*") with { Kind = EntryKind.LocalStorage }),
            TestSites.Entry(Table.Necessary("wp-autosave-*") with { Kind = EntryKind.SessionStorage }),
            TestSites.Entry(Table.Asked("statistics", [.. WordPressSite.Tags.Select(tag => $"{tag.Host}.localhost:{port}")]) with { Kind = EntryKind.Host, Party = Party.Third }),
            TestSites.Entry(Table.Asked("video", $"{WordPressSite.Video}.localhost:{port}") with { Kind = EntryKind.Host, Party = Party.Third, Uses = [HostUse.Frame] }),
        ],
    };
}
