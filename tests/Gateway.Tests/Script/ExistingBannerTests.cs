using System.Text;
using Gateway.Cookies;
using Gateway.Script;
using Gateway.Sites;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>A site with its own consent tool: the gateway hides the tool's banner and writes the choice where the tool reads it.</summary>
public sealed class ExistingBannerTests(Browser browser)
{
    private const string Strict = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly CookieEntry Row = Notices.Necessary[3] with { Names = ["tool"], Duration = new Duration(182, DurationUnit.Day) };

    [Theory]
    [InlineData("<div id='theirs'>Cookies?</div>", null)]
    [InlineData("<style>html body div#theirs { display: block !important; }</style><div id='theirs' style='display: block'>Cookies?</div>", null)]
    [InlineData("<div id='theirs'>Cookies?</div>", Strict)]
    public Task Elements_that_match_a_hide_selector_are_hidden_despite_invalid_selectors(string body, string? csp) =>
        RunAsync(new() { Hide = ["#theirs::nonsense(", "[title=\"", "#theirs", "#theirs >> p", ".also"] }, async (page, server) =>
        {
            var violations = new List<string>();
            page.Console += (_, message) => violations.Add(message.Text);
            (server.Body, server.Csp) = (body, csp);
            await page.GotoAsync(server.Url);
            await page.EvaluateAsync("() => { const late = document.createElement('p'); late.className = 'also'; late.textContent = 'Cookies?'; document.body.append(late) }");

            Assert.False(await page.Locator("#theirs").IsVisibleAsync());
            Assert.False(await page.Locator(".also").IsVisibleAsync());
            Assert.True(await page.GetByText("Accept all").First.IsVisibleAsync());
            Assert.Empty(violations);
        });

    [Theory]
    [InlineData(true, "auto false")]
    [InlineData(false, "hidden true")]
    public Task A_page_that_a_banner_locked_is_unlocked_only_if_configured(bool unlock, string expected) =>
        RunAsync(new() { Unlock = unlock }, async (page, server) =>
        {
            server.Body = "<style>.locked { overflow: hidden !important; }</style><main>Text</main><aside><p inert>Theirs</p></aside>";
            await page.GotoAsync(server.Url);
            await page.EvaluateAsync("() => { document.documentElement.className = document.body.className = 'locked'; document.querySelector('main').inert = true; document.querySelector('aside').firstChild.inert = true }");

            Assert.Equal(expected, await page.EvaluateAsync<string>("() => `${getComputedStyle(document.documentElement).overflowY} ${document.querySelector('main').inert}`"));
            Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('aside').firstChild.inert"));
        });

    [Theory]
    [InlineData("{statistics}.{video}", "false.false", "true.false", "true.true")]
    [InlineData("!gajs={statistics}!youtube={video}", "!gajs=false!youtube=false", "!gajs=true!youtube=false", "!gajs=true!youtube=true")]
    [InlineData("{statistics|yes|no}{video|:v|}", "no", "yes", "yes:v")]
    [InlineData("{\"statistics\":{statistics},\"a;b\":\"é😀 %2C\"}", "{%22statistics%22:false%2C%22a%3Bb%22:%22%C3%A9%F0%9F%98%80%20%2C%22}",
        "{%22statistics%22:true%2C%22a%3Bb%22:%22%C3%A9%F0%9F%98%80%20%2C%22}", "{%22statistics%22:true%2C%22a%3Bb%22:%22%C3%A9%F0%9F%98%80%20%2C%22}")]
    [InlineData("{audience}", "true", "true", "true")]
    public Task A_category_in_a_template_becomes_a_word_and_is_refused_unless_granted(string template, string undecided, string one, string all) =>
        RunAsync(Answer(template), async (page, server) =>
        {
            await page.GotoAsync(server.Url);
            Assert.Equal(undecided, await ToolAsync(page));
            await VisitAsync(page, server, 0, []);
            Assert.Equal(undecided, await ToolAsync(page));
            await VisitAsync(page, server, 0, ["statistics"]);
            Assert.Equal(one, await ToolAsync(page));
            await VisitAsync(page, server, 0, ["statistics", "video"]);
            Assert.Equal(all, await ToolAsync(page));
        });

    [Fact]
    public Task An_objection_refuses_audience_measurement_in_the_tool() => RunAsync(Answer("{audience}"), async (page, server) =>
    {
        await VisitAsync(page, server, 0, ["statistics"], objected: true);
        Assert.Equal("false", await ToolAsync(page));
    });

    [Fact]
    public Task The_tools_cookie_has_the_decision_and_expiry_times_of_the_choice() => RunAsync(Answer("{DECIDED} {EXPIRES}"), async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        Assert.Equal(-1, (await CookiesAsync(page)).Single().Expires);

        await VisitAsync(page, server, 100, ["video"]);
        var decided = DateTime.UnixEpoch.AddDays(PageServer.Today - 100);
        var expires = new DateTimeOffset(decided.AddDays(182)).ToUnixTimeMilliseconds();
        Assert.Equal($"{decided:yyyy-MM-dd}T00:00:00.000Z%20{expires}", await ToolAsync(page));
        Assert.Equal(expires / 1000.0, (await CookiesAsync(page)).Single().Expires, tolerance: 60);
        Assert.Equal(SameSiteAttribute.Lax, (await CookiesAsync(page)).Single().SameSite);

        await VisitAsync(page, server, 183, ["video"]);
        Assert.Equal(-1, (await CookiesAsync(page)).Single().Expires);
    });

    [Fact]
    public Task Each_decision_is_written_to_the_tools_cookie_immediately() => RunAsync(Answer("{statistics}"), async (page, server) =>
    {
        await page.GotoAsync(server.Url);
        await page.EvaluateAsync("() => { const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'); Object.defineProperty(document, 'cookie', { get, set() { throw new Error('theirs') } }) }");
        await page.LoadsAsync(() => page.Locator("site-gateway .bar").GetByText("Accept all", new() { Exact = true }).ClickAsync());
        Assert.Contains("tool=true", await page.EvaluateAsync<string>("() => document.cookie"));
        Assert.Equal(2, server.Pages);

        await page.Context.ClearCookiesAsync(new() { Name = "cookies_preferences" });
        await page.EvaluateAsync("() => { setTimeout(() => document.dispatchEvent(new Event('visibilitychange'))) }");
        await page.WaitForFunctionAsync("() => document.cookie.includes('tool=false')");
    });

    // The browser lists cookies with longer paths first and, for equal paths, older cookies first. A tool would read the first one.
    [Fact]
    public Task Earlier_cookies_of_the_tool_are_removed_from_every_domain_and_path() => RunAsync(Answer("{statistics}"), async (page, server) =>
    {
        var cookie = (string domain, string path) => new Cookie { Name = "tool", Value = "true", Domain = domain, Path = path };
        await page.Context.AddCookiesAsync([cookie("www.site.test", "/"), cookie(".site.test", "/"), cookie(".www.site.test", "/app")]);
        await page.GotoAsync(server.PlainUrl.Replace("site.test", "www.site.test", StringComparison.Ordinal) + "app/page");

        Assert.Equal("tool=false", await page.EvaluateAsync<string>("() => document.cookie"));
        Assert.Equal(("www.site.test", "/"), ((await CookiesAsync(page)).Single().Domain, (await CookiesAsync(page)).Single().Path));
    });

    [Fact]
    public Task The_tools_cookie_is_written_to_the_domain_and_path_of_its_entry() => RunAsync(Answer("{statistics}"), async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "tool", Value = "true", Domain = "www.site.test", Path = "/" }]);
        await page.GotoAsync(server.PlainUrl.Replace("site.test", "www.site.test", StringComparison.Ordinal) + "app/page");

        Assert.Equal((".site.test", "/app", "false"), ((await CookiesAsync(page)).Single().Domain, (await CookiesAsync(page)).Single().Path, (await CookiesAsync(page)).Single().Value));
    }, Row with { Domain = "site.test", Path = "/app" });

    [Fact]
    public Task A_storage_value_is_written_without_percent_encoding() =>
        RunAsync(new() { Answers = [new() { Kind = AnswerKind.LocalStorage, Name = "tool", Value = "{\"é\":{statistics}}" }] }, async (page, server) =>
        {
            await VisitAsync(page, server, 0, ["statistics"]);
            Assert.Equal("{\"é\":true}", await page.EvaluateAsync<string>("() => localStorage.getItem('tool')"));
            Assert.Empty(await CookiesAsync(page));
        }, Row with { Kind = EntryKind.LocalStorage });

    [Fact]
    public Task In_a_document_without_cookies_the_sites_banner_is_hidden_without_errors() => RunAsync(Answer("{statistics}") with { Hide = ["h1"] }, async (page, server) =>
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        server.Csp = "sandbox allow-scripts";
        await page.GotoAsync(server.Url);

        Assert.False(await page.Locator("h1").IsVisibleAsync());
        Assert.Empty(errors);
    });

    [Fact]
    public void The_script_omits_existing_banner_settings_if_there_are_none_and_in_observe_mode()
    {
        var plain = Encoding.UTF8.GetString(BannerScript.Render(Notices.Full).File.Bytes);
        var existing = new ExistingBanner { Hide = ["#theirs"], Answers = [new() { Name = "tool", Value = "{statistics}" }] };
        var with = Encoding.UTF8.GetString(BannerScript.Render(Notices.Full with { ExistingBanner = existing }).File.Bytes);

        Assert.DoesNotContain("insertRule", plain);
        Assert.Contains("insertRule", with);
        Assert.Contains("#theirs", with);
        var observed = TestSites.Library("http://127.0.0.1:9") with { ExistingBanner = existing, Mode = SiteMode.Observe, ObserveUntil = TestSites.Today };
        Assert.DoesNotContain("#theirs", Encoding.UTF8.GetString(TestSites.Compiled(observed).Script.File.Bytes));
    }

    private static ExistingBanner Answer(string template) => new() { Answers = [new() { Name = "tool", Value = template }] };

    private Task RunAsync(ExistingBanner existing, Func<IPage, PageServer, Task> test, CookieEntry? row = null) => PageServer.RunAsync(
        browser, Notices.Of([.. Notices.Full.Entries, row ?? Row]) with { ExistingBanner = existing }, test);

    private static async Task VisitAsync(IPage page, PageServer server, int daysAgo, string[] granted, bool objected = false)
    {
        var choice = PageServer.Cookie(server.Notice, PageServer.Today - daysAgo, granted, objected);
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = choice, Url = server.Url }]);
        await page.GotoAsync(server.Url);
    }

    private static async Task<string> ToolAsync(IPage page) => (await CookiesAsync(page)).Single().Value;

    private static async Task<IEnumerable<BrowserContextCookiesResult>> CookiesAsync(IPage page) =>
        (await page.Context.CookiesAsync()).Where(cookie => cookie.Name == "tool");
}
