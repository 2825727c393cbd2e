using Gateway.Cookies;
using Gateway.Sites;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;
using Backend = Gateway.Tests.Support.Backend;

namespace Gateway.Tests.Edge.Documents;

/// <summary>
/// The inline snippets of the usual tags, unmodified in the page: nothing leaves before the grant, the page works in every state, and the
/// tags work after the grant. The third parties are other names of this machine.
/// </summary>
public sealed class TagSnippetsTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly string[] Everything = [.. UsualTags.All.SelectMany(tag => tag.Requests).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public async Task Nothing_leaves_before_the_grant_and_after_a_withdrawal_and_all_tags_work_in_between(string name)
    {
        await using var others = await Backend.StartAsync(UsualTags.AnswerAsync);
        await using var gateway = await TestGateway.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(Page(others.Url.Port));
            },
            site => Site(site, others.Url.Port),
            time: new(TimeProvider.System.GetUtcNow()));
        await RunAsync(name, async tab =>
        {
            var url = $"http://localhost:{gateway.Url.Port}/";
            await tab.GotoAsync(url);
            await UseAsync(tab);
            await tab.ChooseAsync(accepts: false);
            await UseAsync(tab);
            await tab.GotoAsync(url);
            await UseAsync(tab);
            Assert.Empty(Requests(others));

            // The page loads itself again, because the visitor now allows what it holds back.
            await tab.ChooseAsync(accepts: true);
            await UseAsync(tab);
            await AllAsync(others);
            others.Received.Clear();
            await tab.LeaveSiteAsync();
            await tab.GotoAsync(url);
            await UseAsync(tab);
            await AllAsync(others);

            await tab.ChooseAsync(accepts: false);
            await UseAsync(tab);
            others.Received.Clear();
            await UseAsync(tab);
            await tab.GotoAsync(url);
            await UseAsync(tab);
            Assert.Empty(Requests(others));
        });
    }

    // What the page does with its tags after a click. Waits until blocked scripts have failed, and what was to be sent had the time to leave.
    private static async Task UseAsync(ITab tab)
    {
        await tab.UntilAsync("document.readyState === 'complete' && window.isComplete");
        await tab.EvaluateAsync<int>("(document.querySelector('button').click(), 0)");
        await tab.UntilAsync("window.isSent");
        Assert.Equal("", await tab.EvaluateAsync<string>("window.errors.join()"));
        await tab.EvaluateAsync<string>("fetch('/').then(answer => answer.text())");
    }

    private static async Task AllAsync(Backend others)
    {
        try
        {
            await Eventually.IsTrueAsync(() => !Everything.Except(Requests(others)).Any());
        }
        catch (TimeoutException)
        {
            // Says which request is missing.
        }

        Assert.Equal(Everything, Requests(others).Distinct().Order(StringComparer.Ordinal));
    }

    private static List<string> Requests(Backend others) =>
        [.. others.Received.Select(request => $"{request.Headers.Host.ToString().Split('.')[0]} {request.Target}").Where(request => !request.EndsWith(" /favicon.ico", StringComparison.Ordinal))];

    private static SiteConfig Site(SiteConfig site, int port) => site with
    {
        ThirdParties = ThirdPartyMode.Enforce,
        Categories = [TestSites.Category("statistics")],
        Cookies = [TestSites.Entry(Table.Asked("statistics", [.. UsualTags.All.Select(tag => $"{tag.Host}.localhost:{port}")]) with { Kind = EntryKind.Host, Party = Party.Third })],
    };

    private static string Page(int port) => $$"""
        <!doctype html><html lang=en><head><meta charset=utf-8><title>Page</title>
        <script>errors = []; addEventListener('error', event => errors.push(event.message)); addEventListener('unhandledrejection', event => errors.push(event.reason))</script>
        {{string.Concat(UsualTags.All.Select(tag => tag.Snippet.Replace("{host}", $"{tag.Host}.localhost:{port}", StringComparison.Ordinal)))}}
        </head><body><p>text</p><button>Send</button>
        <script>
          document.querySelector('button').addEventListener('click', () => { isSent = false; {{string.Concat(UsualTags.All.Select(tag => $"{tag.Use}; "))}}isSent = true });
          addEventListener('load', () => isComplete = true);
        </script></body></html>
        """;
}
