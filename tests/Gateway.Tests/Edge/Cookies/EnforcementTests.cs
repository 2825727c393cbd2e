using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Cookies;

/// <summary>Enforcement depends neither on the banner nor on the guard: the next response deletes what got past them.</summary>
public class EnforcementTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private const string Keys = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort().join(' ')";

    private static readonly Dictionary<string, string> Hiding = new()
    {
        ["style"] = "<style>site-gateway, :root > :not(head, body) { display: none !important; visibility: hidden !important; opacity: 0 !important }</style>",
        ["removal"] = "<script>new MutationObserver(() => document.querySelectorAll('site-gateway').forEach(one => one.remove())).observe(document, { childList: true, subtree: true })</script>",
        ["emptying"] = "<script>addEventListener('DOMContentLoaded', () => document.querySelector('site-gateway').shadowRoot.replaceChildren())</script>",
    };

    [Theory, MemberData(nameof(Names)), Requirement(22)]
    public Task Hiding_or_removing_the_banner_grants_nothing(string name) => RunAsync(
        name,
        MeasuredTables.Trackers,
        async (tab, site) =>
        {
            foreach (var way in Hiding.Keys.Prepend("none"))
            {
                // A first view, a later view, and a script that writes after both.
                for (var views = 0; views < 2; views++)
                    await tab.GotoAsync(site.Page($"tool={way}", "/app/page", MeasuredTables.TrackedHost));
                var isSeen = await tab.EvaluateAsync<bool>("!!document.querySelector('site-gateway')?.shadowRoot?.querySelector('.bar')?.checkVisibility()");
                Assert.Equal((way, way is "none" or "style"), (way, isSeen));
                await tab.EvaluateAsync<int>("(document.cookie = 't_script=2; path=/', document.cookie = 't_unlisted=2; path=/', localStorage.t_local = 2, sessionStorage.setItem('t_session', 2), 0)");
                Assert.Equal((way, "", ""), (way, await tab.JarAsync(), await tab.EvaluateAsync<string>(Keys)));
            }
        },
        AuditedPages.Serve(tool => Hiding.GetValueOrDefault(tool, "")));

    // A page without the script, such as one from before the gateway, has no guard. That is the worst case.
    [Theory, MemberData(nameof(Names))]
    public Task Cookies_that_a_script_writes_without_the_guard_are_deleted_by_the_next_page(string name) => RunAsync(name, MeasuredTables.Trackers, async (tab, site) =>
    {
        var bare = site.Page("bare", host: MeasuredTables.TrackedHost);
        foreach (var isAsked in new[] { false, true })
        {
            await tab.GotoAsync(bare);
            await tab.EvaluateAsync<int>(
                "(['t_script=1; path=/', 't_script_parent=1; path=/; domain=site.localhost', 't_stray=1; path=/'].forEach(line => document.cookie = line), localStorage.t_local = 1, sessionStorage.t_stray = 1, 0)");
            Assert.Equal("t_script t_script_parent t_stray", (await tab.JarAsync()).Replace("cookies_preferences ", "", StringComparison.Ordinal));
            Assert.Equal("t_local t_stray", await tab.EvaluateAsync<string>(Keys));

            await tab.GotoAsync(site.Page(host: MeasuredTables.TrackedHost));
            await tab.UntilAsync($"{Stage.Root}.querySelector('.bar, .pin')");
            // The name that is not listed can belong to another application on this host. It goes when the site writes it, and from then on.
            Assert.Equal(isAsked ? "cookies_preferences" : "t_stray", await tab.JarAsync());
            await tab.EvaluateAsync<string>("document.cookie = 't_stray=2; path=/'");
            Assert.Equal(isAsked ? "cookies_preferences" : "", await tab.JarAsync());
            Assert.Equal("", await tab.EvaluateAsync<string>(Keys));
            if (!isAsked)
                await tab.ChooseAsync(accepts: false);

            // Deletions by the cookieStore may be pending. They would hit the cookies of the next page.
            await tab.EvaluateAsync<int>("window.cookieStore?.getAll().then(all => all.length) ?? 0");
        }
    });
}
