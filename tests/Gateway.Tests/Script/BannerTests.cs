using AngleSharp.Html.Parser;
using Gateway.Cookies;
using Gateway.Pages;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The banner in Chromium: its content, and the effect of each choice.</summary>
public sealed class BannerTests(Browser browser)
{
    internal const string Bar = "site-gateway .bar";
    private const string Pin = "site-gateway .pin button";
    private const string Dialog = "site-gateway dialog";

    [Fact, Requirement(34)]
    public Task The_banner_shows_all_required_information_on_the_first_visit() => RunAsync(Notices.Full, async (page, server) =>
    {
        var text = await page.Locator(Bar).InnerTextAsync();

        foreach (var part in new[] { "Académie d’Exemple asks", "Statistics – To see", "Videos – To show", "allows them all", "change your mind", "The 2 providers" })
            Assert.Contains(part, text);
        Assert.True(text.IndexOf("Videos", StringComparison.Ordinal) < text.IndexOf("Accept all\n", StringComparison.Ordinal));
        Assert.Equal(server.Url + "_choices/policy?lang=en#providers", await page.Locator(Bar + " a").First.EvaluateAsync<string>("a => a.href"));
        Assert.False(await page.Locator(Pin).IsVisibleAsync());
        Assert.Equal(["HEAD", "BODY"], await page.EvaluateAsync<string[]>("() => [...document.documentElement.children].map(one => one.tagName)"));
        Assert.Equal("BODY", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
    });

    [Theory]
    [InlineData("en", "Refuse all")]
    [InlineData("fr", "Tout refuser")]
    public Task The_accept_and_refuse_buttons_have_the_same_style_and_size(string language, string refuse) => RunAsync(Notices.Full, async (page, _) =>
    {
        const string Look = """
            b => { const s = getComputedStyle(b), r = b.getBoundingClientRect();
                   return [b.tagName, b.className, s.color, s.backgroundColor, s.font, s.border, s.opacity, r.width, r.height].join() }
            """;
        foreach (var (width, height) in new[] { (1280, 800), (360, 640), (320, 256) })
        {
            await page.SetViewportSizeAsync(width, height);
            var looks = await page.Locator(Bar + " .choice").AllAsync();
            Assert.Equal(2, looks.Count);
            Assert.Equal(refuse, await looks[1].InnerTextAsync());
            Assert.Equal(await looks[0].EvaluateAsync<string>(Look), await looks[1].EvaluateAsync<string>(Look));
            Assert.True((await looks[1].BoundingBoxAsync())!.Height >= 44);
            Assert.True((await looks[1].BoundingBoxAsync())!.Y + (await looks[1].BoundingBoxAsync())!.Height <= height);
            Assert.True((await page.Locator(Bar).BoundingBoxAsync())!.Height <= height / 2.0 + 1);
        }
    }, server => server.HtmlTag = $"<html lang=\"{language}\">");

    [Fact]
    public Task Accepting_sends_the_choice_and_reloads_the_page() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.LoadsAsync(() => page.Locator(Bar).GetByText("Accept all", new() { Exact = true }).ClickAsync());

        Assert.Equal(("application/json", """{"choice":"accept","granted":[],"objected":[]}"""), Assert.Single(server.Choices));
        Assert.Equal(2, server.Pages);
        Assert.Equal(0, await page.Locator(Bar).CountAsync());
    });

    [Fact, Requirement(57)]
    public Task Refusing_does_not_reload_the_page() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.Equal("Your choices are saved.", await page.Locator("site-gateway .said [role=status]").InnerTextAsync());
        Assert.Equal(1, server.Pages);
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('site-gateway').shadowRoot.activeElement.parentElement.className === 'pin'"));
    });

    [Fact, Requirement(59)]
    public Task One_purpose_can_be_allowed_with_only_the_keyboard() => RunAsync(Notices.Full, async (page, server) =>
    {
        for (var i = 0; i < 5; i++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(Dialog).WaitForAsync();
        Assert.Equal(0, await page.Locator(Dialog + " input:checked").CountAsync());
        await page.Locator(Dialog + " input[name=video]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        Assert.Equal("Allowed", await page.Locator(Dialog + " .group").Nth(3).Locator(".state").InnerTextAsync());
        await page.Locator(Dialog).GetByText("Save choices").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Eventually.IsTrueAsync(() => server.Pages == 2);

        Assert.Equal("""{"choice":"save","granted":["video"],"objected":[]}""", server.Choices.Single().Body);
    });

    [Fact, Requirement(23, 47)]
    public Task Escape_closes_the_dialog_saves_nothing_and_restores_the_focus() => RunAsync(Notices.Full, async (page, server) =>
    {
        await page.Locator(Bar).GetByText("Customise").ClickAsync();
        await page.Locator(Dialog).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Empty(server.Choices);
        Assert.Equal("Customise", await page.EvaluateAsync<string>("() => document.querySelector('site-gateway').shadowRoot.activeElement.textContent"));
    });

    [Fact, Requirement(27)]
    public Task The_control_shows_the_current_choice_and_can_withdraw_it() => RunAsync(Notices.Full, async (page, server) =>
    {
        await VisitAsync(page, server, PageServer.Today, ["statistics"]);
        await page.Locator(Pin).ClickAsync();

        Assert.True(await page.Locator(Dialog + " input[name=statistics]").IsCheckedAsync());
        Assert.False(await page.Locator(Dialog + " input[name=video]").IsCheckedAsync());
        await page.EvaluateAsync("() => { localStorage.setItem('stats-1', 'x'); document.cookie = '_ga=1; Max-Age=1000' }");
        await page.LoadsAsync(() => page.Locator(Dialog).GetByText("Refuse all").ClickAsync());

        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('stats-1')"));
        Assert.DoesNotContain("_ga", await page.EvaluateAsync<string>("() => document.cookie"));
    });

    [Fact]
    public Task A_refused_name_is_deleted_at_every_domain_and_path_where_the_site_can_have_put_it() => PageServer.RunAsync(
        browser,
        Notices.Of([.. Notices.Necessary, Notices.Ga with { Names = ["dup"], Path = "/app" }, Notices.Ga with { Names = ["dup"], Domain = "www.site.test" }]),
        async (page, server) =>
        {
            var cookie = (string value, string domain, string path) => new Cookie { Name = "dup", Value = value, Domain = domain, Path = path };
            await page.Context.AddCookiesAsync(
            [
                cookie("1", "www.site.test", "/app"), cookie("2", ".site.test", "/app"),
                cookie("3", ".www.site.test", "/"), cookie("4", ".www.site.test", "/app/page"), cookie("5", ".site.test", "/"),
            ]);
            await page.GotoAsync(server.PlainUrl.Replace("site.test", "www.site.test", StringComparison.Ordinal) + "app/page");
            await page.Locator(Bar).GetByText("Refuse all", new() { Exact = true }).ClickAsync();
            await page.Locator("site-gateway .said.on").WaitForAsync();

            Assert.Equal("", await page.EvaluateAsync<string>("() => document.cookie.split('; ').filter(one => one.startsWith('dup')).join()"));
            Assert.DoesNotContain(await page.Context.CookiesAsync(), one => one.Name == "dup");
        });

    [Fact, Requirement(39)]
    public Task A_visitor_can_object_to_audience_measurement() => RunAsync(Notices.Of([.. Notices.Necessary, Notices.Audience]), async (page, server) =>
    {
        Assert.Equal(0, await page.Locator(Bar).CountAsync());
        await page.Locator(Pin).ClickAsync();
        Assert.Equal(0, await page.Locator(Dialog + " .twins").CountAsync());
        await page.Locator(Dialog).GetByText("I object").ClickAsync();
        await page.LoadsAsync(() => page.Locator(Dialog).GetByText("Save choices").ClickAsync());

        Assert.Equal("""{"choice":"save","granted":[],"objected":["audience"]}""", server.Choices.Single().Body);
        await page.Locator(Pin).ClickAsync();
        Assert.True(await page.Locator(Dialog + " input[name=audience]").IsCheckedAsync());
    });

    [Fact, Requirement(44)]
    public Task A_site_with_only_exempt_entries_shows_only_a_link_to_the_policy() => RunAsync(Notices.Reference, async (page, server) =>
    {
        Assert.Equal(0, await page.Locator("site-gateway button:visible").CountAsync());
        Assert.Equal(server.Url + "_choices/policy?lang=en", await page.Locator("site-gateway .pin a").EvaluateAsync<string>("a => a.href"));
    });

    [Fact]
    public Task In_observe_mode_the_script_shows_nothing_and_blocks_nothing() => RunAsync(Notices.Full with { IsEnforced = false }, async (page, _) =>
    {
        Assert.Equal(0, await page.Locator("site-gateway").CountAsync());
        Assert.Equal("zzz=1", await page.EvaluateAsync<string>("() => { document.cookie = 'zzz=1'; return document.cookie }"));
    });

    [Fact, Requirement(62)]
    public Task A_frame_shows_no_banner() => RunAsync(
        Notices.Full,
        async (page, _) =>
        {
            await page.Frames[1].WaitForFunctionAsync("() => document.readyState === 'complete' && window[Symbol.for('gateway')]");
            Assert.Equal((1, 0), (await page.Locator("site-gateway").CountAsync(), await page.Frames[1].Locator("site-gateway").CountAsync()));
        },
        server => server.Body = "<script>if (self === top) { const f = document.createElement('iframe'); f.src = '/framed'; document.body.append(f) }</script>");

    // The script does not judge the day, because the clock of the browser can be wrong. The gateway deletes a choice that is too old.
    [Theory]
    [InlineData("g1.{today}~statistics.{v}.1~video.{w}.0", false)]
    [InlineData("g1.{tomorrow}~statistics.{v}.1~video.{w}.0", false)]
    [InlineData("g1.{old}~statistics.{v}.1~video.{w}.0", false)]
    [InlineData("g1.{far}~statistics.{v}.1~video.{w}.0", false)]
    [InlineData("g1.{today}~statistics.{v}.1", true)]
    [InlineData("g1.{today}~statistics.other1.1~video.{w}.0", true)]
    [InlineData("g1.{today}~statistics.{v}.1~video.{w}.0~@3.20000", false)]
    [InlineData("g1.{today}~statistics.{v}.1~video.{w}.0~", true)]
    [InlineData("g2.{today}~statistics.{v}.1~video.{w}.0", true)]
    [InlineData("true", true)]
    public Task The_banner_is_hidden_only_if_the_saved_choice_is_valid_and_current(string value, bool asks) => RunAsync(Notices.Full, async (page, server) =>
    {
        var (versions, today) = (server.Notice.Rules.Versions, TestSites.Noon.ToDayNumber());
        await page.StopClockAsync(TestSites.Noon);
        value = value
            .Replace("{today}", $"{today}", StringComparison.Ordinal).Replace("{tomorrow}", $"{today + 1}", StringComparison.Ordinal)
            .Replace("{old}", $"{today - 183}", StringComparison.Ordinal).Replace("{far}", $"{today + 2}", StringComparison.Ordinal)
            .Replace("{v}", versions["statistics"], StringComparison.Ordinal).Replace("{w}", versions["video"], StringComparison.Ordinal);
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = value, Url = server.Url }]);
        await page.GotoAsync(server.Url);

        Assert.Equal(asks ? 1 : 0, await page.Locator(Bar).CountAsync());
    });

    [Fact]
    public Task Of_two_valid_consent_cookies_the_most_restrictive_applies() => RunAsync(Notices.Full, async (page, server) =>
    {
        var cookie = (string[] granted, string path) => new Cookie { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, granted), Domain = "localhost", Path = path };
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([cookie(["statistics", "video"], "/"), cookie(["video"], "/deep/")]);
        await page.GotoAsync(server.Url + "deep/page");
        await page.Locator(Pin).ClickAsync();
        await page.Locator(Dialog).WaitForAsync();

        Assert.Equal(["video"], await page.Locator(Dialog + " input:checked").EvaluateAllAsync<string[]>("all => all.map(one => one.name)"));
    });

    [Theory]
    [InlineData("en", "_ga, _ga_*")]
    [InlineData("ar", "_ga، _ga_*")]
    public Task Lists_use_the_comma_of_their_language(string language, string names) => RunAsync(Notices.Full.Speaking(language), async (page, _) =>
    {
        await page.Locator(Bar + " .other").ClickAsync();
        Assert.Contains(names, await page.Locator(Dialog).TextContentAsync());
        // Names are displayed from left to right, so that the star comes last.
        await page.Locator(Dialog + " summary").Nth(2).ClickAsync();
        Assert.True(await page.Locator(Dialog + " code").GetByText("_ga_*").EvaluateAsync<bool>("""
            ({ firstChild }) => {
              const left = at => { const range = document.createRange(); range.setStart(firstChild, at); range.setEnd(firstChild, at + 1); return range.getBoundingClientRect().left };
              return left(0) < left(1) && left(1) < left(4);
            }
            """));

        var policy = new HtmlParser().ParseDocument(PolicyPage.Render(Notices.Full.Speaking(language), language));
        Assert.Contains(names, policy.Body!.TextContent);
    });

    [Fact]
    public Task The_dialog_is_as_high_as_its_content() => RunAsync(Notices.Of([Notices.Ga]), async (page, _) =>
    {
        await page.SetViewportSizeAsync(1000, 2000);
        await page.GetByText("Customise", new() { Exact = true }).ClickAsync();
        var gap = await page.Locator(Dialog).EvaluateAsync<double>("dialog => dialog.getBoundingClientRect().bottom - dialog.lastChild.getBoundingClientRect().bottom");

        Assert.InRange(gap, 0, 2);
    });

    [Fact]
    public Task Including_the_script_twice_has_no_effect_and_defines_no_globals() => RunAsync(Notices.Full, async (page, server) =>
    {
        var before = await page.EvaluateAsync<int>("() => Object.getOwnPropertyNames(window).length");
        await page.AddScriptTagAsync(new() { Url = server.Script.Path });

        Assert.Equal(1, await page.Locator("site-gateway").CountAsync());
        Assert.Equal(before, await page.EvaluateAsync<int>("() => Object.getOwnPropertyNames(window).length"));
        Assert.Equal(["all", "el", "site", "state"], await page.EvaluateAsync<string[]>("() => ['all', 'el', 'site', 'state'].filter(name => !(name in window))"));
    });

    private Task RunAsync(SiteNotice notice, Func<IPage, PageServer, Task> test, Action<PageServer>? arrange = null) =>
        RunAsync(browser, notice, test, arrange);

    /// <summary>Opens a page of a site and runs a test on it. Any error in a script of the page fails the test.</summary>
    internal static Task RunAsync(Browser browser, SiteNotice notice, Func<IPage, PageServer, Task> test, Action<PageServer>? arrange = null) =>
        PageServer.RunAsync(browser, notice, async (page, server) =>
        {
            arrange?.Invoke(server);
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            await page.GotoAsync(server.Url);
            await test(page, server);
            Assert.Empty(errors);
        });

    private static async Task VisitAsync(IPage page, PageServer server, int day, string[] granted)
    {
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, day, granted), Url = server.Url }]);
        await page.GotoAsync(server.Url);
    }
}
