using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Pages;

/// <summary>The accessibility tree of settings page and policy page, which screen readers read: role, name and state of each node, in order.</summary>
public class ScreenReaderPagesTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    [Fact, Requirement(45)]
    public Task A_screen_reader_reads_the_settings_page_in_this_order() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "settings");
        Assert.Equal(
            """
            main
              heading: Manage my cookies
              paragraph
                Here you choose what this site may store on your device or read from it, and you see what you chose before.
              paragraph
                Académie d’Exemple asks for your consent for each purpose below. “Accept all” allows all of them, “Refuse all” allows none. Your choice is kept for 182 days.
              paragraph
                You have not decided yet. Until you do, nothing that needs your consent is used.
              form
                region: Necessary
                  heading: Necessary
                  paragraph
                    Needed for the site to work. No consent is needed for them.
                  paragraph
                    Present state: Always active
                region: Audience measurement
                  heading: Audience measurement
                  paragraph
                    Anonymous statistics for this site alone. No consent is needed for them, and you can object.
                  paragraph
                    Present state: Active, no consent needed
                  paragraph
                    checkbox: I object to audience measurement [checked false]
                region: Statistics
                  heading: Statistics
                  paragraph
                    To see which pages are read, so that they can be improved.
                  paragraph
                    Present state: Not decided yet, so not allowed
                  paragraph
                    checkbox: Allow: Statistics [checked false]
                region: Videos
                  heading: Videos
                  paragraph
                    To show videos that are kept on another site.
                  paragraph
                    Present state: Not decided yet, so not allowed
                  paragraph
                    checkbox: Allow: Videos [checked false]
                button: Save choices
                button: Accept all
                button: Refuse all
              paragraph
                Everything in detail:
                link: Cookie policy
            """.ReplaceLineEndings("\n"),
            await AccessibilityTree.ReadAsync(tab, "main", ""));
    });

    [Fact, Requirement(45, 58)]
    public Task The_policy_page_has_these_headings_tables_and_links_in_order() => InChromiumAsync(English, async (tab, site) =>
    {
        string[] outline = ["heading", "region", "table", "rowheader", "link", "term"];
        await tab.ShowAsync(site, "policy");
        Assert.Equal(
            """
            heading: Cookie policy
            heading: What is a cookie?
            heading: What cookies are used on localhost
            heading: Cookies necessary for the platform to function properly/functionality cookies
            region: Cookies necessary for the platform to function properly/functionality cookies
            table: Needed for the site to work. No consent is needed for them.
            rowheader: sessionid
            rowheader: django_language
            rowheader: csrftoken
            rowheader: cookies_preferences
            heading: Audience measurement
            region: Audience measurement
            table: Anonymous statistics for this site alone. No consent is needed for them, and you can object.
            rowheader: _pk_id*
            link: Manage my cookies
            heading: Statistics
            region: Statistics
            table: To see which pages are read, so that they can be improved.
            rowheader: _ga, _ga_*
            rowheader: stats-* Local storage key
            heading: Videos
            region: Videos
            table: To show videos that are kept on another site.
            rowheader: player.video.example Third-party host
            rowheader: vplay
            heading: Who has access
            link: Privacy policy of Example Analytics
            link: Privacy policy of Example Video
            heading: How to change your choice
            link: Manage my cookies
            heading: Controller and your rights
            term: Controller
            term: Address
            term: Contact
            link: contact@example.org
            term: Data protection officer
            link: https://example.org/dpo
            term: Privacy notice
            link: https://example.org/privacy
            term: Complaint authority
            link: CNIL
            link: CNIL
            """.ReplaceLineEndings("\n"),
            string.Join('\n', (await AccessibilityTree.ReadAsync(tab, "main", "")).Split('\n').Select(line => line.Trim()).Where(line => outline.Contains(line.Split(':')[0]))));
    });

    [Fact, Requirement(45, 58)]
    public Task A_table_of_the_policy_page_is_read_with_its_caption_and_its_column_and_row_headers() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "policy");
        Assert.Equal(
            """
            region: Videos
              table: To show videos that are kept on another site.
                caption
                  To show videos that are kept on another site.
                rowgroup
                  row
                    columnheader: Service provider’s name
                    columnheader: Function and location
                    columnheader: Cookie name(s)
                    columnheader: Purposes
                    columnheader: Duration
                    columnheader: Category
                    columnheader: First or third party
                    columnheader: Consent or exemption
                row
                  cell: Example Video
                  cell: Video player
                  rowheader: player.video.example Third-party host
                    code
                      player.video.example
                  cell: To play the videos that pages show
                  cell: During the visit
                  cell: Videos
                  cell: Third party
                  cell: Your consent
                row
                  cell: Example Video
                  cell: Video player
                  rowheader: vplay
                    code
                      vplay
                  cell: To play the videos that pages show
                  cell: 6 months
                  cell: Videos
                  cell: Third party
                  cell: Your consent
            """.ReplaceLineEndings("\n"),
            await AccessibilityTree.ReadAsync(tab, "region", "Videos"));
    });
}
