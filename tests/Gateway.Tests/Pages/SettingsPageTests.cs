using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Gateway.Consent;
using Gateway.Pages;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Pages;

public sealed class SettingsPageTests
{
    [Fact, Requirement(22)]
    public void No_check_box_is_ticked_before_a_choice()
    {
        var page = Page(Notices.Full, Notices.Full.Rules.Undecided);

        Assert.Equal(["objected", "granted", "granted"], Boxes(page).Select(box => box.Name));
        Assert.DoesNotContain(Boxes(page), box => box.HasAttribute("checked"));
        Assert.Contains("You have not decided yet.", page.Body!.TextContent);
    }

    [Fact, Requirement(59)]
    public void Only_granted_categories_are_ticked_and_each_state_is_shown_as_text()
    {
        var page = Page(Notices.Full, Notices.State(Notices.Full, true, ("statistics", true), ("video", false)));

        Assert.Equal(["audience", "statistics"], Boxes(page).Where(box => box.HasAttribute("checked")).Select(box => box.GetAttribute("value")!));
        Assert.Equal(
            ["Always active", "Not allowed, as you objected", "Allowed", "Not allowed"],
            page.QuerySelectorAll(".state").Select(one => one.TextContent.Replace("Present state: ", "", StringComparison.Ordinal)));
        Assert.Contains("You decided on 4 October 2024. Your choice is kept until 4 April 2025.", page.Body!.TextContent);
    }

    [Fact]
    public void The_form_posts_the_fields_that_the_gateway_expects()
    {
        var form = (IHtmlFormElement)Page(Notices.Full, Notices.Full.Rules.Undecided, "/a?b=c&d").QuerySelector("form")!;

        Assert.Equal("post", form.Method);
        Assert.Equal("/_choices/choice", form.GetAttribute("action"));
        Assert.Equal("/a?b=c&d", form.QuerySelector("input[name=return]")!.GetAttribute("value"));
        Assert.Equal(["statistics", "video"], form.QuerySelectorAll("input[name=granted]").Select(box => box.GetAttribute("value")!));
    }

    // Enter activates the first button.
    [Fact]
    public void The_first_button_grants_nothing_and_accept_and_refuse_look_the_same()
    {
        var buttons = Page(Notices.Full, Notices.Full.Rules.Undecided).QuerySelectorAll("button");

        Assert.Equal(["save", "accept", "refuse"], buttons.Select(button => button.GetAttribute("value")!));
        Assert.Equal(buttons[1].ClassName, buttons[2].ClassName);
        Assert.Same(buttons[1].Parent, buttons[2].Parent);
    }

    [Fact]
    public void Without_categories_that_need_consent_the_form_only_has_the_objection()
    {
        var notice = Notices.Of([.. Notices.Necessary, Notices.Audience]);
        var page = Page(notice, notice.Rules.Undecided);

        Assert.Equal(["save"], page.QuerySelectorAll("button").Select(button => button.GetAttribute("value")!));
        Assert.Equal(["objected"], Boxes(page).Select(box => box.Name));
    }

    [Fact]
    public void Without_choices_the_settings_page_says_so_and_links_to_the_policy()
    {
        var page = Page(Notices.Reference, Notices.Reference.Rules.Undecided);

        Assert.Contains("There is nothing to decide here", page.Body!.TextContent);
        Assert.Null(page.QuerySelector("form"));
        Assert.NotNull(page.QuerySelector("a[href='/_choices/policy?lang=en']"));
    }

    [Fact]
    public void The_settings_page_of_an_observed_site_has_no_form()
    {
        var page = Page(Notices.Full with { IsEnforced = false }, Notices.Full.Rules.Undecided);

        Assert.Contains("No choice is taken", page.Body!.TextContent);
        Assert.Null(page.QuerySelector("form"));
    }

    [Fact]
    public void The_language_links_of_the_settings_page_keep_the_return_path()
    {
        var link = Page(Notices.Full, Notices.Full.Rules.Undecided, "/a?b=c&d").QuerySelector("nav a")!;

        Assert.Equal("/_choices/?return=%2Fa%3Fb%3Dc%26d&lang=fr", link.GetAttribute("href"));
        Assert.Equal("Français", link.TextContent);
    }

    [Fact]
    public void A_saved_choice_is_announced_as_a_status()
    {
        var html = SettingsPage.Render(Notices.Full, Notices.State(Notices.Full), "fr", null, saved: true);

        Assert.Equal("Vos choix sont enregistrés.", new HtmlParser().ParseDocument(html).QuerySelector("[role=status]")!.TextContent);
    }

    [Fact, Requirement(30)]
    public void The_settings_page_states_that_a_choice_covers_subdomains()
    {
        var notice = Notices.Of([Notices.Ga], new() { Domain = "example.org" });

        Assert.Contains("applies to example.org and all its subdomains", Page(notice, notice.Rules.Undecided).Body!.TextContent);
    }

    private static IHtmlDocument Page(SiteNotice notice, ConsentState state, string? back = null) =>
        new HtmlParser().ParseDocument(SettingsPage.Render(notice, state, "en", back));

    private static List<IHtmlInputElement> Boxes(IHtmlDocument page) => [.. page.QuerySelectorAll<IHtmlInputElement>("input[type=checkbox]")];
}
