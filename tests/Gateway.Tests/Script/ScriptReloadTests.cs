using Gateway.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The page after a decision, and decisions that cannot be sent or saved.</summary>
public sealed class ScriptReloadTests(Browser browser)
{
    private const string Status = "site-gateway .said.on [role=status]";

    [Fact]
    public Task Typed_text_is_kept_and_a_reload_button_is_offered() => RunAsync(async (page, server) =>
    {
        await page.Locator("input[name=q]").PressSequentiallyAsync("half a thought");
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
        Assert.Equal("half a thought", await page.Locator("input[name=q]").InputValueAsync());
        Assert.Equal(1, server.Pages);
        await page.GetByRole(AriaRole.Button, new() { Name = "Reload the page" }).ClickAsync();
        await Eventually.IsTrueAsync(() => server.Pages == 2);
    });

    [Fact]
    public Task A_page_that_answered_a_POST_is_not_reloaded() => RunAsync(async (page, server) =>
    {
        await page.LoadsAsync(() => page.EvaluateAsync("() => document.querySelector('form').submit()"));
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
        Assert.Equal(2, server.Pages);
    });

    [Fact]
    public Task A_page_whose_request_method_is_unknown_is_not_reloaded() => RunAsync(async (page, server) =>
    {
        await page.GotoAsync(server.PlainUrl);
        Assert.False(await page.EvaluateAsync<bool>("() => isSecureContext"));
        await AcceptAsync(page);

        Assert.Contains("from the next page", await page.Locator(Status).InnerTextAsync());
    });

    [Theory]
    [InlineData("")]
    [InlineData("<script>document.cookie = 'sessionid=1'; document.cookie = 'unlisted=1'</script>")]
    public Task A_page_that_held_nothing_back_is_not_loaded_again(string head) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        server.Head += head;
        await page.GotoAsync(server.Url);
        await AcceptAsync(page);
        await page.Locator(Status).WaitForAsync();
        Assert.Equal("Your choices are saved.", await page.Locator(Status).InnerTextAsync());

        // It uses nothing that a withdrawal ends either.
        await page.Locator("site-gateway .pin button").ClickAsync();
        await page.Locator("site-gateway dialog .choice").Last.ClickAsync();
        await page.Locator(Status).WaitForAsync();
        Assert.Equal((1, 2), (server.Pages, server.Choices.Count));
    });

    // Of the two categories, only statistics were held back.
    [Theory]
    [InlineData("video", 1)]
    [InlineData("statistics", 2)]
    public Task Only_a_category_that_was_held_back_loads_the_page_again(string category, int pages) => PageServer.RunAsync(browser, Notices.Full, async (page, server) =>
    {
        server.Head += "<script>localStorage['stats-1'] = 1</script>";
        await page.GotoAsync(server.Url);
        await page.Locator("site-gateway .bar .other").ClickAsync();
        await page.Locator($"site-gateway dialog input[name={category}]").CheckAsync();
        await page.Locator("site-gateway dialog .save").ClickAsync();
        await page.Locator(Status).WaitForAsync();
        Assert.Equal(pages, server.Pages);
    });

    [Fact]
    public Task If_the_dialog_cannot_be_loaded_the_settings_page_opens() => RunAsync(
        async (page, server) =>
        {
            await page.Locator("site-gateway .bar .other").ClickAsync();
            await page.WaitForURLAsync(server.Url + "_choices/?lang=en&return=%2F");
        },
        server => server.Words = (context, _) =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

    [Fact]
    public Task Checkboxes_in_the_dialog_do_not_count_as_typed_text() => RunAsync(async (page, server) =>
    {
        await page.Locator("site-gateway").GetByText("Customise").ClickAsync();
        await page.Locator("site-gateway input[name=video]").CheckAsync();
        await page.Locator("site-gateway dialog").GetByText("Save choices").ClickAsync();
        await Eventually.IsTrueAsync(() => server.Pages == 2);
    });

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public Task A_failed_request_shows_a_message_and_keeps_the_banner(int status) => RunAsync(async (page, server) =>
    {
        server.ChoiceStatus = status;
        await AcceptAsync(page);

        await page.Locator("site-gateway .bar .note a").WaitForAsync();
        Assert.StartsWith("Your choice could not be saved.", await page.Locator("site-gateway .bar [role=status]").InnerTextAsync());
        Assert.True(await page.Locator("site-gateway .bar").IsVisibleAsync());
    });

    [Fact]
    public Task A_message_says_that_the_browser_did_not_keep_the_choice() => RunAsync(async (page, server) =>
    {
        server.KeepsChoice = false;
        await AcceptAsync(page);

        Assert.Contains("did not keep your choice", await page.Locator(Status).InnerTextAsync());
        Assert.Equal(0, await page.Locator("site-gateway .bar").CountAsync());
    });

    [Fact, Row("G10"), Requirement(61)]
    public Task If_the_policy_of_the_page_forbids_connections_a_form_is_posted() => RunAsync(
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
    public Task The_dialog_works_under_a_strict_policy_with_Trusted_Types() => RunAsync(
        async (page, server) =>
        {
            var violations = new List<string>();
            page.Console += (_, message) => violations.Add(message.Text);
            await page.ReloadAsync();
            await page.Locator("site-gateway").GetByText("Customise").ClickAsync();
            await page.Locator("site-gateway summary").First.ClickAsync();
            Assert.Equal("rgb(18, 63, 122)", await page.Locator("site-gateway dialog .choice").First.EvaluateAsync<string>("b => getComputedStyle(b).backgroundColor"));
            await page.Locator("site-gateway dialog .choice").First.ClickAsync();
            await Eventually.IsTrueAsync(() => server.Choices.Count == 1);

            Assert.Empty(violations);
        },
        server => server.Csp = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'");

    [Fact, Row("E13")]
    public Task A_base_element_does_not_redirect_the_request() => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await Eventually.IsTrueAsync(() => server.Choices.Count == 1);
        },
        server => server.Head = "<base href='https://cdn.invalid/'>");

    [Fact]
    public Task Another_tab_applies_the_choice_when_it_becomes_visible() => RunAsync(async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        Assert.Equal(1, await page.Locator("site-gateway .bar").CountAsync());
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

        Assert.Equal(0, await page.Locator("site-gateway .bar").CountAsync());
        Assert.Equal(1, server.Pages);
    });

    [Fact]
    public Task A_page_from_the_back_forward_cache_is_reloaded_if_the_granted_categories_changed() => RunAsync(async (page, server) =>
    {
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, ["video"]), Url = server.Url }]);
        await page.EvaluateAsync("() => { setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))) }");
        await Eventually.IsTrueAsync(() => server.Pages == 2);
    });

    // An item in sessionStorage requests the message. It is removed before a script of the page can see it.
    [Theory]
    [InlineData("", true)]
    [InlineData("<button autofocus>Own</button>", false)]
    public Task A_reloaded_page_confirms_that_the_choice_is_saved(string body, bool hasFocus) => RunAsync(
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
    public Task Frames_of_a_reloaded_page_leave_the_confirmation_to_the_page() => RunAsync(
        async (page, server) =>
        {
            await AcceptAsync(page);
            await page.Locator(Status).WaitForAsync();
            await page.WaitForLoadStateAsync();
            Assert.Equal(4, server.Pages);
        },
        server => server.Body = "<script>if (self === top) document.write('<iframe src=/frame></iframe>'); else sessionStorage.length</script>");

    [Fact]
    public Task The_sites_own_opener_gets_the_focus_instead_of_the_control() =>
        PageServer.RunAsync(browser, Notices.Full with { Banner = new() { Opener = "#own" } }, async (page, server) =>
        {
            server.Body = "<button id=own>Cookies</button>";
            server.Head += PageServer.Held;
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

    // The script posts no form here, because a form navigates away from the page.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public Task No_form_is_posted_if_text_was_typed_or_the_browser_is_offline(bool isTyped, bool isOffline) => RunAsync(
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
            if (server.Csp is null)
                server.Head += PageServer.Held;
            await page.GotoAsync(server.Url + path);
            await test(page, server);
        });

    private static Task AcceptAsync(IPage page) => page.Locator("site-gateway .bar .choice").First.ClickAsync();
}
