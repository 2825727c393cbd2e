using System.Text.Json;
using Gateway.Cookies;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Playwright;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The API for the site's own scripts: <c>window.consentGateway</c>, or another configured name.</summary>
public sealed class ScriptApiTests(Browser browser)
{
    private const string Listen = "() => { window.heard = []; consentGateway.addEventListener('change', () => heard.push(consentGateway.state.granted.join())) }";

    [Fact]
    public Task Before_a_decision_only_exempt_categories_are_granted() => RunAsync(async (page, _) =>
    {
        Assert.Equal("""{"decided":false,"granted":["necessary","audience"],"objected":false}""", await StateAsync(page));
        Assert.Equal("true,true,false,false,false,false", await page.EvaluateAsync<string>(
            "() => ['necessary', 'audience', 'statistics', 'video', 'nothing', undefined].map(id => consentGateway.granted(id)).join()"));
    });

    [Fact]
    public Task A_refusal_fires_one_change_event_with_the_new_state_and_does_not_reload_the_page() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync(Listen);
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.Equal(["necessary,audience"], await HeardAsync(page));
        Assert.Equal("""{"decided":true,"granted":["necessary","audience"],"objected":false}""", await StateAsync(page));
        Assert.Equal(1, server.Pages);
    });

    [Fact]
    public Task A_grant_fires_the_change_event_before_the_page_is_reloaded() => RunAsync(async (page, _) =>
    {
        await page.EvaluateAsync("() => consentGateway.addEventListener('change', event => { sessionStorage.vplay = event.type + consentGateway.granted('video') + (event.target === consentGateway) })");
        await page.DecideAsync(page.Button("Accept all"));

        Assert.Equal("changetruetrue", await page.EvaluateAsync<string>("() => sessionStorage.vplay"));
        Assert.Equal("""{"decided":true,"granted":["necessary","audience","statistics","video"],"objected":false}""", await StateAsync(page));
    }, Notices.Of([.. Notices.Full.Entries, Notices.VideoCookie with { Kind = EntryKind.SessionStorage }]));

    [Fact]
    public Task An_objection_is_part_of_the_state() => RunAsync(async (page, server) =>
    {
        await page.LeaveSiteAsync();
        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, ["video"], objected: true), Url = server.Url }]);
        await page.GotoAsync(server.Url);

        Assert.Equal("""{"decided":true,"granted":["necessary","video"],"objected":true}""", await StateAsync(page));
        Assert.Equal("false,true", await page.EvaluateAsync<string>("() => ['audience', 'video'].map(consentGateway.granted).join()"));
    });

    [Fact]
    public Task A_decision_in_another_tab_fires_the_change_event_at_once_and_only_once() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync(Listen);
        await page.EvaluateAsync("() => new Promise(requestIdleCallback)");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(server.Url);
        await other.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await other.Locator("site-gateway .said.on").WaitForAsync();
        await Eventually.IsTrueAsync(async () => (await HeardAsync(page)).Length > 0);
        Assert.Equal(["necessary,audience"], await HeardAsync(page));
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        Assert.Single(await HeardAsync(page));
    });

    [Fact]
    public Task A_page_from_the_back_forward_cache_fires_the_change_event_if_the_choice_changed() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync(Listen);
        await page.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })) }");
        Assert.Empty(await HeardAsync(page));

        await page.Context.AddCookiesAsync([new() { Name = "cookies_preferences", Value = PageServer.Cookie(server.Notice, PageServer.Today, []), Url = server.Url }]);
        await page.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })) }");
        Assert.Equal(["necessary,audience"], await HeardAsync(page));
    });

    [Fact]
    public Task Open_shows_the_dialog_and_Escape_restores_the_focus() => RunAsync(
        async (page, server) =>
        {
            await page.GetByText("My choices").ClickAsync();
            await page.Locator("site-gateway dialog").WaitForAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.Locator("site-gateway dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

            Assert.Equal("My choices", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
            Assert.Empty(server.Choices);
        },
        arrange: server => server.Body = "<button type=button onclick='consentGateway.open()'>My choices</button>");

    [Fact]
    public Task In_a_frame_the_API_has_the_same_state_and_open_does_nothing() => RunAsync(
        async (page, _) =>
        {
            Assert.Equal("true,false,undefined", await page.Frames[1].EvaluateAsync<string>("() => ['audience', 'video'].map(consentGateway.granted).concat(`${consentGateway.open()}`).join()"));
            Assert.Equal(0, await page.Locator("site-gateway dialog").CountAsync());
            await page.Frames[1].EvaluateAsync("() => top.consentGateway.open()");
            await page.Locator("site-gateway dialog").WaitForAsync();
        },
        arrange: server => server.Body = "<script>if (self === top) { const f = document.createElement('iframe'); f.src = '/framed'; document.body.append(f) }</script>");

    [Fact]
    public Task On_a_site_that_needs_no_choice_open_navigates_to_the_policy() => RunAsync(
        async (page, server) =>
        {
            Assert.Equal("""{"decided":true,"granted":["necessary"],"objected":false}""", await StateAsync(page));
            await page.EvaluateAsync("() => consentGateway.open()");
            await Assertions.Expect(page).ToHaveURLAsync(server.Url + "_choices/policy?lang=en");
        },
        Notices.Reference);

    [Fact]
    public Task The_API_is_read_only_and_not_enumerable() => RunAsync(async (page, _) =>
    {
        const string Try = """
            () => {
              const before = consentGateway, one = before.state;
              one.granted.push('video');
              try { before.granted = () => true } catch {}
              try { Object.defineProperty(before, 'granted', { value: () => true }) } catch {}
              return [Object.isFrozen(before), before instanceof EventTarget, before.granted('video'), before.state.granted.includes('video'),
                before.state === before.state, Object.keys(window).includes('consentGateway'), 'consentGateway' in window].join();
            }
            """;
        Assert.Equal("true,true,false,false,false,false,true", await page.EvaluateAsync<string>(Try));
    });

    [Fact]
    public Task An_error_in_a_listener_is_reported_as_an_error_of_the_page_and_stops_nothing() => RunAsync(async (page, _) =>
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.EvaluateAsync("""
            () => {
              consentGateway.addEventListener('change', () => { throw new Error('the page has a slip') });
              window.Event = EventTarget.prototype.removeEventListener = null;
              window.heard = [];
              consentGateway.addEventListener('change', () => heard.push('told'));
            }
            """);
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();

        Assert.Equal("Your choices are saved.", await page.Locator("site-gateway .said [role=status]").InnerTextAsync());
        Assert.Equal(["told"], await HeardAsync(page));
        Assert.Contains("the page has a slip", Assert.Single(errors));
    });

    [Fact]
    public Task A_decision_takes_effect_even_if_the_page_breaks_event_dispatch() => RunAsync(async (page, _) =>
    {
        await page.EvaluateAsync("() => { EventTarget.prototype.dispatchEvent = () => { throw new Error('patched') } }");
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
    });

    [Fact]
    public Task The_API_has_the_configured_name() => RunAsync(
        async (page, _) => Assert.Equal("false,true", await page.EvaluateAsync<string>("() => ['consentGateway' in window, myChoices.granted('necessary')].join()")),
        api: "myChoices");

    [Fact]
    public Task Without_a_configured_name_there_is_no_API_and_the_script_omits_the_part() => RunAsync(
        async (page, server) =>
        {
            await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
            await page.Locator("site-gateway .said.on").WaitForAsync();
            Assert.DoesNotContain("freeze", System.Text.Encoding.ASCII.GetString(server.Script.File.Bytes));
            Assert.Equal("[]", await NewGlobalsAsync(page, server));
        },
        api: new SignalOptions().ScriptApi);

    [Fact]
    public Task Including_the_script_twice_does_not_replace_the_API() => RunAsync(async (page, server) =>
    {
        await page.EvaluateAsync("() => window.one = consentGateway");
        await page.AddScriptTagAsync(new() { Url = server.Script.Path });

        Assert.True(await page.EvaluateAsync<bool>("() => consentGateway === one"));
    });

    [Fact]
    public Task The_API_is_the_only_global_of_the_script() => RunAsync(async (page, server) => Assert.Equal("""["consentGateway"]""", await NewGlobalsAsync(page, server)));

    [Theory]
    [InlineData("var consentGateway = 'mine';")]
    [InlineData("let consentGateway = 'mine';")]
    [InlineData("'use strict'; window.consentGateway = 'mine';")]
    [InlineData("function consentGateway() {} consentGateway = 'mine';")]
    public Task A_page_variable_with_the_name_of_the_API_replaces_the_API(string script) => RunAsync(
        async (page, _) => Assert.Equal("mine", await page.EvaluateAsync<string>("() => consentGateway")),
        arrange: server => server.Head = $"<script>{script}</script>");

    [Fact]
    public Task An_existing_global_with_the_name_of_the_API_is_kept() => RunAsync(async (page, _) =>
    {
        await page.AddInitScriptAsync("window.consentGateway = 'theirs'");
        await page.ReloadAsync();

        Assert.Equal("theirs", await page.EvaluateAsync<string>("() => consentGateway"));
        await page.GetByText("Refuse all", new() { Exact = true }).ClickAsync();
        await page.Locator("site-gateway .said.on").WaitForAsync();
    });

    [Fact]
    public Task In_observe_mode_there_is_no_API() => RunAsync(
        async (page, server) => Assert.Equal("[]", await NewGlobalsAsync(page, server)),
        Notices.Full with { IsEnforced = false });

    private Task RunAsync(Func<IPage, PageServer, Task> test, SiteNotice? notice = null, Action<PageServer>? arrange = null, string? api = "consentGateway") =>
        PageServer.RunAsync(browser, (notice ?? Notices.Full) with { Signals = new() { ScriptApi = api } }, async (page, server) =>
        {
            arrange?.Invoke(server);
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            await page.GotoAsync(server.Url);
            await test(page, server);
            Assert.DoesNotContain(errors, error => !error.Contains("the page has a slip", StringComparison.Ordinal));
        });

    private static Task<string> StateAsync(IPage page) => page.EvaluateAsync<string>("() => JSON.stringify(consentGateway.state)");

    private static Task<string[]> HeardAsync(IPage page) => page.EvaluateAsync<string[]>("() => heard");

    /// <summary>Global names that exist only with the script.</summary>
    private static async Task<string> NewGlobalsAsync(IPage page, PageServer server)
    {
        const string Names = "() => Object.getOwnPropertyNames(window)";
        var with = await page.EvaluateAsync<string[]>(Names);
        await page.GotoAsync(server.Url + server.Script.Path.TrimStart('/'));
        return JsonSerializer.Serialize(with.Except(await page.EvaluateAsync<string[]>(Names)));
    }
}
