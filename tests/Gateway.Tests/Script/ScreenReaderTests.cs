using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The accessibility tree that screen readers use: role, name and state of each node of the banner and the dialog, in order.</summary>
public class ScreenReaderTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Fact, Requirement(34, 45, 46)]
    public Task The_accessibility_tree_contains_the_banner_as_a_region_in_reading_order() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        Assert.Equal(
            """
            region: Cookies: your choice
              heading: Cookies: your choice
              paragraph
                Académie d’Exemple asks for your consent to cookies and similar technologies for:
              list
                listitem
                  strong
                    Statistics
                  –
                  To see which pages are read, so that they can be improved.
                listitem
                  strong
                    Videos
                  –
                  To show videos that are kept on another site.
              paragraph
                “Accept all” allows them all, “Refuse all” allows none of them. You can change your mind at any time with “Manage my cookies”, at the bottom of every page.
                link: The 2 providers
                link: Cookie policy
              button: Accept all
              button: Refuse all
              button: Customise
              status
            """.ReplaceLineEndings("\n"),
            await AccessibilityTree.ReadAsync(tab, "region", "Cookies: your choice"));
    });

    [Fact, Requirement(45, 47, 59)]
    public Task The_accessibility_tree_contains_the_dialog_as_modal_in_reading_order() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await tab.OpenDialogAsync();
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelectorAll('input')[1].click(), 0)");
        Assert.Equal(
            """
            dialog: Manage my cookies [modal True]
              heading: Manage my cookies
              button: Close without saving
                ×
              paragraph
                Choose for each purpose. Your choice takes effect when you save it, and you can change it at any time.
              heading: Necessary Always active
              paragraph
                Needed for the site to work. No consent is needed for them.
              group
                DisclosureTriangle: Details (4) [expanded False]
              heading: Audience measurement Active, no consent needed
              paragraph
                Anonymous statistics for this site alone. No consent is needed for them, and you can object.
              checkbox: I object to audience measurement [checked false]
              group
                DisclosureTriangle: Details (1) [expanded False]
              heading: Statistics Allowed
                checkbox: Statistics [checked true]
              paragraph
                To see which pages are read, so that they can be improved.
              group
                DisclosureTriangle: Details (2) [expanded False]
              heading: Videos Not allowed
                checkbox: Videos [checked false]
              paragraph
                To show videos that are kept on another site.
              group
                DisclosureTriangle: Details (2) [expanded False]
              paragraph
                link: Cookie policy
              status
              button: Save choices
              button: Accept all
              button: Refuse all
            """.ReplaceLineEndings("\n"),
            await AccessibilityTree.ReadAsync(tab, "dialog", "Manage my cookies"));
    });

    [Fact, Requirement(45, 57)]
    public Task After_a_choice_there_is_a_status_message_and_a_landmark_with_the_control() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "saved");
        Assert.Equal("status\n  Your choices are saved.", await AccessibilityTree.ReadAsync(tab, "status", ""));
        Assert.Equal("region: Cookies\n  button: Manage my cookies", await AccessibilityTree.ReadAsync(tab, "region", "Cookies"));
    });

    [Fact, Requirement(45, 46, 47)]
    public Task In_Firefox_the_banner_the_dialog_and_the_pages_have_the_expected_roles_and_names_in_order() => InFirefoxAsync(English, async (one, site) =>
    {
        var tab = (FirefoxTab)one;
        (string, string)[] banner =
        [
            ("region", "Cookies: your choice"), ("heading", "Cookies: your choice"), ("list", ""), ("link", "The 2 providers"), ("link", "Cookie policy"),
            ("button", "Accept all"), ("button", "Refuse all"), ("button", "Customise"),
        ];
        (string, string)[] dialog =
        [
            ("dialog", "Manage my cookies"), ("heading", "Manage my cookies"), ("button", "Close without saving"), ("heading", "Necessary Always active"), ("checkbox", "I object to audience measurement"),
            ("heading", "Statistics Not allowed"), ("checkbox", "Statistics"), ("checkbox", "Videos"), ("link", "Cookie policy"),
            ("button", "Save choices"), ("button", "Accept all"), ("button", "Refuse all"),
        ];
        await tab.ShowAsync(site, "banner");
        Nothing(await tab.OutOfOrderAsync("site-gateway", banner), "banner");
        Assert.Equal(["button: Accept all"], await tab.OutOfOrderAsync("site-gateway", banner[6], banner[5]));
        await tab.ShowAsync(site, "dialog");
        Nothing(await tab.OutOfOrderAsync("site-gateway", dialog), "dialog");
        await tab.ShowAsync(site, "saved");
        Nothing(await tab.OutOfOrderAsync("site-gateway", ("status", ""), ("region", "Cookies"), ("button", "Manage my cookies")), "saved");
        await tab.ShowAsync(site, "settings");
        Nothing(
            await tab.OutOfOrderAsync(
                null, ("main", ""), ("heading", "Manage my cookies"), ("region", "Necessary"), ("region", "Audience measurement"), ("checkbox", "I object to audience measurement"),
                ("region", "Statistics"), ("checkbox", "Allow: Statistics"), ("region", "Videos"), ("checkbox", "Allow: Videos"),
                ("button", "Save choices"), ("button", "Accept all"), ("button", "Refuse all"), ("link", "Cookie policy")),
            "settings");
        await tab.ShowAsync(site, "policy");
        Nothing(
            await tab.OutOfOrderAsync(
                null, ("heading", "Cookie policy"), ("heading", "What is a cookie?"), ("region", "Statistics"), ("columnheader", "Duration"), ("rowheader", "_ga, _ga_*"),
                ("region", "Videos"), ("rowheader", "vplay"), ("heading", "Who has access"), ("link", "Manage my cookies"), ("term", "Contact"), ("link", "CNIL")),
            "policy");
    });
}
