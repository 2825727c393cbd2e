using System.Text;

using Gateway.Script;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The third and further languages of a site: the script imports their texts when a page uses them.</summary>
public sealed class FurtherLanguagesTests(Browser browser, Firefox firefox)
{
    private static readonly SiteNotice Notice = Notices.Full.Speaking("en", "fr", "de", "ar");

    /// <summary>Records the language each time that the script adds its elements, and every error and policy violation.</summary>
    private const string Watch = """
        () => {
          window.shown = []; window.broken = [];
          const add = name => addEventListener(name, event => window.broken.push(name + ' ' + (event.blockedURI ?? event.message ?? event.reason)));
          ['securitypolicyviolation', 'error', 'unhandledrejection'].forEach(add);
          const { attachShadow } = Element.prototype;
          Element.prototype.attachShadow = function (options) {
            const root = attachShadow.call(this, options);
            if (this.localName === 'site-gateway') queueMicrotask(() => window.shown.push(root.lastChild.lang));
            return root;
          };
        }
        """;

    private const string IsShown = "document.querySelector('site-gateway')";

    [Theory]
    [InlineData("en", "Refuse all", "ltr", 1)]
    [InlineData("fr", "Tout refuser", "ltr", 1)]
    [InlineData("de-AT", "Alle ablehnen", "ltr", 2)]
    [InlineData("ar", "رفض الكل", "rtl", 2)]
    [InlineData("pl", "Refuse all", "ltr", 1)]
    public Task A_page_in_a_third_or_further_language_loads_one_more_file(string language, string refuse, string direction, int files) => InBothAsync(async (tab, server) =>
    {
        server.HtmlTag = $"<html lang={language}>";
        await VisitAsync(tab, server);

        Assert.Equal(refuse, await tab.EvaluateAsync<string>(IsShown + ".shadowRoot.querySelectorAll('.choice')[1].textContent"));
        Assert.Equal(direction, await tab.EvaluateAsync<string>(IsShown + ".shadowRoot.lastChild.dir"));
        Assert.Equal(files, server.Files.Count);
        Assert.Single(await tab.EvaluateAsync<string[]>("window.shown"));
    });

    [Fact]
    public Task A_page_language_set_by_the_operator_is_imported() => RunAsync(
        Notice with { PageLanguages = new(new Dictionary<string, string> { ["/de/"] = "de" }) },
        async (tab, server) =>
        {
            await VisitAsync(tab, server, "de/seite");
            Assert.Equal(["de"], await tab.EvaluateAsync<string[]>("window.shown"));
        });

    [Fact, Row("G9")]
    public Task Importing_texts_does_not_violate_a_strict_policy_with_Trusted_Types() => InBothAsync(async (tab, server) =>
    {
        server.Csp = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
        await VisitAsync(tab, server);

        Assert.Equal(["de"], await tab.EvaluateAsync<string[]>("window.shown"));

        // Firefox requests the favicon by itself, regardless of the policy.
        Assert.Empty(await tab.EvaluateAsync<string[]>("window.broken.filter(one => !one.endsWith('/favicon.ico'))"));
    });

    /// <summary>The file is missing, the server fails or is unreachable, the answer is another file, or the texts cannot be parsed.</summary>
    [Theory]
    [InlineData(404, "text/plain", "")]
    [InlineData(503, "text/javascript", "export default {}")]
    [InlineData(0, "", "")]
    [InlineData(200, "text/html", "<p>Sign in first</p>")]
    [InlineData(200, "text/javascript", "(() => {})()")]
    [InlineData(200, "text/javascript", "export default {")]
    public Task If_the_import_fails_the_sites_first_language_is_used(int status, string type, string body) => InBothAsync(async (tab, server) =>
    {
        server.Words = (context, _) =>
        {
            if (status == 0)
                context.Abort();
            context.Response.StatusCode = status == 0 ? 500 : status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        };
        await VisitAsync(tab, server);

        Assert.Equal(["en"], await tab.EvaluateAsync<string[]>("window.shown"));
        Assert.Equal("Refuse all", await tab.EvaluateAsync<string>(IsShown + ".shadowRoot.querySelectorAll('.choice')[1].textContent"));
        Assert.Empty(await tab.EvaluateAsync<string[]>("window.broken"));
    });

    [Fact]
    public Task If_a_policy_allows_only_the_main_script_the_sites_first_language_is_used() => InBothAsync(async (tab, server) =>
    {
        server.Csp = $"script-src {server.Url.TrimEnd('/')}{server.Script.Path}";
        await VisitAsync(tab, server);

        Assert.Equal(["en"], await tab.EvaluateAsync<string[]>("window.shown"));
    });

    [Fact]
    public Task The_banner_waits_for_the_import_but_the_guard_does_not() => RunAsync(Notice, async (tab, server) =>
    {
        var released = new TaskCompletionSource();
        server.Words = async (context, words) =>
        {
            await released.Task;
            await PageServer.SendWordsAsync(context, words);
        };
        await tab.AtStartAsync(Watch);
        await tab.GotoAsync(server.Url);
        await Eventually.IsTrueAsync(() => server.Files.Count == 2);
        Assert.Equal("", await tab.EvaluateAsync<string>("(document.cookie = '_ga=1', document.cookie)"));
        Assert.Null(await tab.EvaluateAsync<string?>("(localStorage['stats-a'] = 1, localStorage.getItem('stats-a'))"));
        Assert.Empty(await tab.EvaluateAsync<string[]>("window.shown"));

        released.SetResult();
        await tab.UntilAsync(IsShown);
        Assert.Equal(["de"], await tab.EvaluateAsync<string[]>("window.shown"));
    });

    /// <summary>Browsers released before 2025 ignore an import map after the first module request.</summary>
    [Fact]
    public Task The_import_starts_after_the_import_map_of_the_page() => InBothAsync(async (tab, server) =>
    {
        server.Body = "<h1>A page</h1><script type=importmap>{\"imports\":{\"mapped\":\"data:text/javascript,document.title = 'mapped'\"}}</script><script type=module>import 'mapped'</script>";
        await VisitAsync(tab, server);

        Assert.Equal("mapped", await tab.EvaluateAsync<string>("document.title"));
        Assert.True(await tab.EvaluateAsync<bool>("""
            performance.getEntriesByType('resource').find(one => one.name.endsWith('.mjs')).startTime >= performance.getEntriesByType('navigation')[0].domInteractive
            """));
    });

    [Fact]
    public Task A_frameset_page_shows_no_banner_after_the_import() => RunAsync(Notice, async (tab, server) =>
    {
        var released = new TaskCompletionSource();
        server.Words = async (context, words) =>
        {
            await released.Task;
            await PageServer.SendWordsAsync(context, words);
        };
        server.Head = "</head><frameset cols='*'><frame src='/framed'></frameset>";
        await tab.AtStartAsync(Watch);
        await tab.GotoAsync(server.Url);
        await Eventually.IsTrueAsync(() => server.Files.Count >= 2);
        await tab.UntilAsync("top[0].document.readyState === 'complete'");
        released.SetResult();

        // A later import of the same file also completes later, so the script has its texts now.
        var file = server.Script.Modules.Texts["de"].Path;
        await tab.EvaluateAsync<bool>($"Promise.all([self, top[0]].map(frame => frame.eval(`import('{file}')`))).then(() => new Promise(done => setTimeout(done))).then(() => true)");
        Assert.Empty(await tab.EvaluateAsync<string[]>("window.shown"));
    });

    [Fact]
    public Task No_element_of_the_page_moves_when_the_banner_appears_after_the_import() => browser.RunAsync(async page =>
    {
        await using var server = await StartAsync(Notice);
        var tab = new ChromiumTab(page);
        await tab.AtStartAsync("() => { window.moved = []; new PerformanceObserver(list => window.moved.push(...list.getEntries().map(one => one.value))).observe({ type: 'layout-shift', buffered: true }) }");
        await VisitAsync(tab, server);
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Empty(await tab.EvaluateAsync<double[]>("window.moved"));
    });

    [Fact]
    public void The_script_contains_two_languages_and_its_hash_depends_on_all_languages()
    {
        var script = BannerScript.Render(Notice);
        var text = Encoding.UTF8.GetString(script.File.Bytes);
        Assert.Equal(["de", "ar"], script.Modules.Texts.Keys);
        Assert.All(new[] { "Refuse all", "Tout refuser" }, words => Assert.Contains(words, text));
        Assert.All(script.Modules.Texts, module => Assert.Contains(Translations.For(module.Key)["choice.refuse"], Encoding.UTF8.GetString(module.Value.Bytes)));
        Assert.All(script.Modules.Texts, module => Assert.DoesNotContain(Translations.For(module.Key)["choice.refuse"], text));

        var other = BannerScript.Render(Notice with
        {
            Texts = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["de"] = new Dictionary<string, string> { ["choice.dismiss"] = "Zu" } },
        });
        Assert.NotEqual(script.Hash, other.Hash);
        Assert.NotEqual(script.Modules.Texts["de"].Path, other.Modules.Texts["de"].Path);
        Assert.Equal(script.Modules.Texts["ar"].Path, other.Modules.Texts["ar"].Path);
        Assert.Empty(BannerScript.Render(Notices.Full).Modules.Texts);
    }

    private static async Task VisitAsync(ITab tab, PageServer server, string path = "")
    {
        await tab.AtStartAsync(Watch);
        await tab.GotoAsync(server.Url + path);
        await tab.UntilAsync(IsShown);
    }

    private static async Task<PageServer> StartAsync(SiteNotice notice)
    {
        var server = await PageServer.StartAsync(notice);
        server.HtmlTag = "<html lang=de>";
        return server;
    }

    private Task RunAsync(SiteNotice notice, Func<ITab, PageServer, Task> test) => browser.RunAsync(async page =>
    {
        await using var server = await StartAsync(notice);
        await test(new ChromiumTab(page), server);
    });

    private async Task InBothAsync(Func<ITab, PageServer, Task> test)
    {
        await RunAsync(Notice, test);
        await firefox.RunAsync(async tab =>
        {
            await using var server = await StartAsync(Notice);
            await test(tab, server);
        });
    }
}
