using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The script sends reports to the gateway: names of undeclared cookies and storage keys, without values, each name once per page.</summary>
public sealed class GuardReportTests(Browser browser)
{
    private const string Writes = """
        <script>
          document.cookie = 'unlisted=secret'; document.cookie = 'unlisted=again; path=/'; document.cookie = 'csrftoken=1'; document.cookie = '_ga=1';
          localStorage.key1 = 'secret'; localStorage.setItem('key1', 'again'); sessionStorage['stats-1'] = 'secret';
          document.cookie = 'gone=; max-age=0'; document.cookie = 'cookies_preferences=1';
        </script>
        """;

    private const string Names = """[["cookie","unlisted"],["localStorage","key1"],["sessionStorage","stats-1"]]""";

    [Fact]
    public Task Refused_names_are_reported_in_one_request_after_the_page_has_loaded() => RunAsync(Notices.Full, async (page, server) =>
    {
        await Eventually.IsTrueAsync(() => server.Refused.Count == 1);

        Assert.Equal(Names, server.Refused[0]);
    });

    [Fact]
    public Task Names_refused_later_are_reported_when_the_visitor_leaves_the_page_and_none_twice() => RunAsync(Notices.Full, async (page, server) =>
    {
        await Eventually.IsTrueAsync(() => server.Refused.Count == 1);
        server.Head = "";
        await page.EvaluateAsync("() => { document.cookie = 'unlisted=1'; localStorage.key1 = 1; localStorage.later = 1; cookieStore.set('store', '1') }");
        await page.GotoAsync(server.Url);
        await Eventually.IsTrueAsync(() => server.Refused.Count == 2);

        Assert.Equal("""[["localStorage","later"],["cookie","store"]]""", server.Refused[1]);
    });

    [Fact]
    public Task A_page_reports_at_most_50_names_and_none_that_is_too_long() => RunAsync(Notices.Full, async (page, server) =>
    {
        await Eventually.IsTrueAsync(() => server.Refused.Count == 1);
        Assert.Equal(50, server.Refused[0].Split("],[").Length);
        Assert.DoesNotContain("yyy", server.Refused[0]);
    }, "<script>localStorage['y'.repeat(101)] = 1; for (let i = 0; i < 1000; i++) localStorage['x' + i] = 1</script>");

    [Fact]
    public Task Allowed_and_declared_names_are_not_reported() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.GotoAsync(server.Url + "other");
        Assert.Equal("csrftoken=1", await page.EvaluateAsync<string>("() => document.cookie"));

        // A report of the earlier pages would arrive before the report of this page.
        server.Head = "<script>document.cookie = 'unlisted=1'</script>";
        await page.GotoAsync(server.Url);
        await Eventually.IsTrueAsync(() => server.Refused.Count > 0);
        Assert.Equal("""[["cookie","unlisted"]]""", server.Refused[0]);
    }, "<script>document.cookie = 'csrftoken=1'; document.cookie = '_ga=1'; localStorage['stats-1'] = 1; document.cookie = 'gone=; max-age=0'</script>");

    [Fact]
    public Task In_observe_mode_all_writes_pass_and_declared_names_are_reported_too() => RunAsync(Notices.Full with { IsEnforced = false }, async (page, server) =>
    {
        await Eventually.IsTrueAsync(() => server.Refused.Count == 1);

        Assert.Equal("""[["cookie","unlisted"],["cookie","_ga"],["localStorage","key1"],["sessionStorage","stats-1"]]""", server.Refused[0]);
        Assert.Equal("_ga cookies_preferences csrftoken unlisted", await new ChromiumTab(page).JarAsync());
        Assert.Equal("key1 stats-1", await page.EvaluateAsync<string>("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].join(' ')"));
        Assert.Equal(0, await page.Locator("site-gateway").CountAsync());
    });

    [Fact]
    public Task A_srcdoc_frame_reports_to_the_site_of_the_page_around_it() => RunAsync(Notices.Full, async (page, server) =>
    {
        await Eventually.IsTrueAsync(() => server.Refused.Count == 1);

        Assert.Equal("""[["cookie","inner"]]""", server.Refused[0]);
    }, "<script>onload = () => { document.body.appendChild(document.createElement('iframe')).srcdoc = '<script>document.cookie = \"inner=1\"<\\/script>' }</script>");

    [Fact]
    public Task A_policy_that_forbids_connections_prevents_only_the_report() => RunAsync(Notices.Full, async (page, server) =>
    {
        Assert.Equal("", await page.EvaluateAsync<string>("() => document.cookie"));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.failed"));
        Assert.Empty(server.Refused);
    }, "<script>failed = 0; onunhandledrejection = onerror = () => failed++; document.cookie = 'unlisted=1'</script>", "connect-src 'none'");

    private Task RunAsync(SiteNotice notice, Func<IPage, PageServer, Task> test, string head = Writes, string? policy = null) => PageServer.RunAsync(browser, notice, async (page, server) =>
    {
        server.Head = head;
        server.Csp = policy;
        await page.GotoAsync(server.Url);
        await test(page, server);
    });
}
