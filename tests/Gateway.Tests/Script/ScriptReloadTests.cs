using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>What happens to the page after a decision, and where the decision meets with trouble.</summary>
public sealed class ScriptReloadTests(Browser browser)
{
    private const string Status = "site-gateway .said.on [role=status]";

    [Fact]
    public Task What_was_typed_is_kept_and_reloading_is_offered() => RunAsync(async (page, server) =>
    {
        await page.Locator("input[name=q]").PressSequentiallyAsync("half a thought");
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
        Assert.Equal("half a thought", await page.Locator("input[name=q]").InputValueAsync());
        Assert.Equal(1, server.Pages);
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload the page" }).ClickAsync();
        await BannerTests.WaitAsync(() => server.Pages == 2);
    });

    [Fact]
    public Task A_page_that_answered_a_POST_is_not_sent_again() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync("() => document.querySelector('form').submit()");
        await BannerTests.WaitAsync(() => server.Pages == 2);
        await page.WaitForLoadStateAsync();
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
        Assert.Equal(2, server.Pages);
    });

    [Fact]
    public Task Where_it_cannot_be_known_whether_the_page_answered_a_POST_it_is_not_reloaded() => RunAsync(async (page, server) =>
    {
        await page.GotoAsync(server.PlainUrl);
        Assert.False(await page.EvaluateAsync<bool>("() => isSecureContext"));
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
    });

    [Fact]
    public Task What_is_ticked_in_the_dialog_does_not_count_as_typed() => RunAsync(async (page, server) =>
    {
        await page.Locator("site-gateway").GetByText("Customise").ClickAsync();
        await page.Locator("site-gateway input[name=video]").CheckAsync();
        await page.Locator("site-gateway dialog").GetByText("Save choices").ClickAsync();
        await BannerTests.WaitAsync(() => server.Pages == 2);
    });

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public Task A_failure_is_told_and_the_question_stays(int status) => RunAsync(async (page, server) =>
    {
        server.ChoiceStatus = status;
        await AcceptAsync(page);

        await page.Locator("site-gateway .bar .note a").WaitForAsync();
        Assert.StartsWith("Your choice could not be saved.", await page.Locator("site-gateway .bar [role=status]").InnerTextAsync());
        Assert.True(await page.Locator("site-gateway .bar").IsVisibleAsync());
    });

    [Fact]
    public Task A_browser_that_keeps_no_cookies_is_told_the_truth() => RunAsync(async (page, server) =>
    {
        server.KeepsChoice = false;
        await AcceptAsync(page);

        Assert.Contains("did not keep your choice", await page.Locator(Status).InnerTextAsync());
        Assert.Equal(0, await page.Locator("site-gateway .bar").CountAsync());
    });

    [Fact, Row("G10"), Requirement(61)]
    public Task Where_the_pages_policy_forbids_to_connect_a_form_is_posted() => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await page.Locator("site-gateway .pin button").WaitForAsync();

            var (type, body) = Assert.Single(server.Choices);
            Assert.Equal("application/x-www-form-urlencoded", type);
            Assert.Equal("choice=accept&return=%2Fa%3Fb%3D1", body);
            Assert.Equal(server.Url + "a?b=1", page.Url);
        },
        server => server.Csp = "default-src 'none'; script-src 'self'; connect-src 'none'",
        "a?b=1");

    [Fact, Row("G9")]
    public Task It_works_under_a_strict_policy_with_trusted_types() => RunAsync(
        async (page, server) =>
        {
            var violations = new List<string>();
            page.Console += (_, message) => violations.Add(message.Text);
            await page.ReloadAsync();
            await page.Locator("site-gateway").GetByText("Customise").ClickAsync();
            await page.Locator("site-gateway summary").First.ClickAsync();
            Assert.Equal("rgb(18, 63, 122)", await page.Locator("site-gateway dialog .choice").First.EvaluateAsync<string>("b => getComputedStyle(b).backgroundColor"));
            await page.Locator("site-gateway dialog .choice").First.ClickAsync();
            await BannerTests.WaitAsync(() => server.Choices.Count == 1);

            Assert.Empty(violations);
        },
        server => server.Csp = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'");

    [Fact, Row("E13")]
    public Task A_base_element_leads_nothing_astray() => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await BannerTests.WaitAsync(() => server.Choices.Count == 1);
        },
        server => server.Head = "<base href='https://cdn.invalid/'>");

    [Fact]
    public Task Another_tab_sees_the_choice_when_it_is_shown_again() => RunAsync(async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        Assert.Equal(1, await page.Locator("site-gateway .bar").CountAsync());
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

        Assert.Equal(0, await page.Locator("site-gateway .bar").CountAsync());
        Assert.Equal(1, server.Pages);
    });

    [Fact]
    public Task A_page_from_the_back_forward_cache_is_loaded_again_when_it_may_run_something_else() => RunAsync(async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, ["video"]), Url = server.Url }]);
        await page.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })) }");
        await BannerTests.WaitAsync(() => server.Pages == 2);
    });

    // The word that it is so is under the cookie's name, and gone before a script of the page can see it.
    [Theory]
    [InlineData("", true)]
    [InlineData("<button autofocus>Own</button>", false)]
    public Task A_page_that_was_loaded_again_says_that_the_choice_is_saved(string body, bool hasFocus) => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await page.Locator(Status).WaitForAsync();

            Assert.Equal(2, server.Pages);
            Assert.Equal("Your choices are saved.", await page.Locator(Status).InnerTextAsync());
            Assert.Equal(hasFocus, await page.Locator("site-gateway .pin button").EvaluateAsync<bool>("e => e.matches(':focus')"));
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.early + sessionStorage.length"));

            await page.ReloadAsync();
            await page.EvaluateAsync("() => new Promise(requestIdleCallback)");
            Assert.Equal(0, await page.Locator(Status).CountAsync());
        },
        server => (server.Head, server.Body) = ("<script>document.early = sessionStorage.length</script>", body));

    // A frame of the same origin has the same storage.
    [Fact]
    public Task Its_frames_leave_that_to_the_page() => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await page.Locator(Status).WaitForAsync();
            Assert.Equal(4, server.Pages);
        },
        server => server.Body = "<script>if (self === top) document.write('<iframe src=/frame></iframe>'); else sessionStorage.length</script>");

    [Fact]
    public Task In_the_place_of_the_control_the_sites_own_element_gets_the_focus() =>
        PageServer.RunAsync(browser, Notices.Full with { Banner = new() { Opener = "#own" } }, async (page, server) =>
        {
            server.Body = "<button id=own>Cookies</button>";
            await page.GotoAsync(server.Url);
            foreach (var name in new[] { "Refuse all", "Accept all" })
            {
                if (name == "Accept all")
                    await page.Locator("#own").ClickAsync();
                await page.Locator("site-gateway .choice").GetByText(name, new() { Exact = true }).ClickAsync();
                await page.Locator(Status).WaitForAsync();
                await Assertions.Expect(page.Locator("#own")).ToBeFocusedAsync();
            }

            Assert.Equal(2, server.Pages);
        });

    // A form would lead away from it.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public Task What_was_typed_is_kept_where_no_script_may_send_the_choice(bool isTyped, bool isOffline) => RunAsync(
        async (page, server) =>
        {
            if (isTyped)
                await page.Locator("input[name=q]").PressSequentiallyAsync("half a thought");
            await page.Context.SetOfflineAsync(isOffline);
            await AcceptAsync(page);
            await page.Locator("site-gateway .bar .note a").WaitForAsync();

            Assert.Equal(isTyped ? "half a thought" : "", await page.Locator("input[name=q]").InputValueAsync());
            Assert.Empty(server.Choices);
        },
        server => server.Csp = isOffline ? null : "connect-src 'none'");

    private Task RunAsync(Func<IPage, PageServer, Task> test, Action<PageServer>? arrange = null, string path = "") =>
        PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
        {
            arrange?.Invoke(server);
            await page.GotoAsync(server.Url + path);
            await test(page, server);
        });

    private static Task AcceptAsync(IPage page) => page.Locator("site-gateway .bar .choice").First.ClickAsync();
}
