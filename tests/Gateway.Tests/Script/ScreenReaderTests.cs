using System.Text.Json;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The accessibility tree that VoiceOver, TalkBack and the like read, in their order: each thing's role, name and state.</summary>
public class ScreenReaderTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    /// <summary>What is passed over: boxes without a meaning, and the text inside of what has its name from it.</summary>
    private static readonly string[] Silent = ["generic", "none", "InlineTextBox", "ListMarker", "LabelText", "LayoutTable"];

    private static readonly string[] States = ["checked", "expanded", "modal"];

    [Fact, Requirement(34, 45, 46)]
    public Task The_banner_is_read_as_a_region_in_this_order() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        Assert.Equal(
            """
            region: Cookies: your choice
              heading: Cookies: your choice
              paragraph
                Académie d’Exemple asks for your consent to use cookies and similar means on this site, for these purposes:
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
                “Accept all” allows all of these purposes, “Refuse all” allows none of them. Your choice is kept for 182 days.
              paragraph
                You can change your mind at any time with the “Manage my cookies” button at the bottom of every page.
              paragraph
                link: The 2 providers concerned
                link: Cookies policy
              button: Accept all
              button: Refuse all
              button: Customise
              status
            """.ReplaceLineEndings("\n"),
            await ReadAsync(tab, "region", "Cookies: your choice"));
    });

    [Fact, Requirement(45, 47, 59)]
    public Task The_dialog_is_read_as_a_modal_one_in_this_order() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "banner");
        await tab.EvaluateAsync<int>($"({Stage.Root}.querySelector('.bar .other').click(), {Stage.Root}.querySelectorAll('input')[1].click(), 0)");
        Assert.Equal(
            """
            dialog: Manage my cookies [modal True]
              heading: Manage my cookies
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
                link: Cookies policy
              status
              button: Save choices
              button: Accept all
              button: Refuse all
              button: Close without saving
            """.ReplaceLineEndings("\n"),
            await ReadAsync(tab, "dialog", "Manage my cookies"));
    });

    [Fact, Requirement(45, 57)]
    public Task After_a_choice_a_status_is_read_and_the_control_is_found_by_its_landmark() => InChromiumAsync(English, async (tab, site) =>
    {
        await tab.ShowAsync(site, "saved");
        Assert.Equal("status\n  Your choices are saved.", await ReadAsync(tab, "status", ""));
        Assert.Equal("region: Cookies\n  button: Manage my cookies", await ReadAsync(tab, "region", "Cookies"));
    });

    [Fact, Requirement(45)]
    public Task The_settings_page_is_read_in_this_order() => InChromiumAsync(English, async (tab, site) =>
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
                link: Cookies policy
            """.ReplaceLineEndings("\n"),
            await ReadAsync(tab, "main", ""));
    });

    [Fact, Requirement(45, 58)]
    public Task The_policy_has_its_headings_tables_and_links_in_this_order() => InChromiumAsync(English, async (tab, site) =>
    {
        string[] outline = ["heading", "region", "table", "rowheader", "link", "term"];
        await tab.ShowAsync(site, "policy");
        Assert.Equal(
            """
            heading: Cookies policy
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
            string.Join('\n', (await ReadAsync(tab, "main", "")).Split('\n').Select(line => line.Trim()).Where(line => outline.Contains(line.Split(':')[0]))));
    });

    [Fact, Requirement(45, 58)]
    public Task A_table_of_the_policy_is_read_with_its_caption_and_the_heads_of_columns_and_rows() => InChromiumAsync(English, async (tab, site) =>
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
            await ReadAsync(tab, "region", "Videos"));
    });

    [Fact, Requirement(45, 46, 47)]
    public Task In_Firefox_all_is_found_by_role_and_name_in_the_same_order() => InFirefoxAsync(English, async (one, site) =>
    {
        var tab = (FirefoxTab)one;
        (string, string)[] banner =
        [
            ("region", "Cookies: your choice"), ("heading", "Cookies: your choice"), ("list", ""), ("link", "The 2 providers concerned"), ("link", "Cookies policy"),
            ("button", "Accept all"), ("button", "Refuse all"), ("button", "Customise"),
        ];
        (string, string)[] dialog =
        [
            ("dialog", "Manage my cookies"), ("heading", "Manage my cookies"), ("heading", "Necessary Always active"), ("checkbox", "I object to audience measurement"),
            ("heading", "Statistics Not allowed"), ("checkbox", "Statistics"), ("checkbox", "Videos"), ("link", "Cookies policy"),
            ("button", "Save choices"), ("button", "Accept all"), ("button", "Refuse all"), ("button", "Close without saving"),
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
                ("button", "Save choices"), ("button", "Accept all"), ("button", "Refuse all"), ("link", "Cookies policy")),
            "settings");
        await tab.ShowAsync(site, "policy");
        Nothing(
            await tab.OutOfOrderAsync(
                null, ("heading", "Cookies policy"), ("heading", "What is a cookie?"), ("region", "Statistics"), ("columnheader", "Duration"), ("rowheader", "_ga, _ga_*"),
                ("region", "Videos"), ("rowheader", "vplay"), ("heading", "Who has access"), ("link", "Manage my cookies"), ("term", "Contact"), ("link", "CNIL")),
            "policy");
    });

    private static async Task<string> ReadAsync(ChromiumTab tab, string role, string name)
    {
        var cdp = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        var nodes = (await cdp.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("nodeId").GetString()!);
        var start = nodes.Values.First(node => Word(node, "role") == role && Word(node, "name") == name);
        return string.Join('\n', Walk(start, nodes, 0, ""));
    }

    private static IEnumerable<string> Walk(JsonElement node, Dictionary<string, JsonElement> nodes, int depth, string said)
    {
        var (role, name) = (Word(node, "role"), Word(node, "name"));
        // What is in the name of the thing around is read with it.
        var isRead = !node.GetProperty("ignored").GetBoolean() && !Silent.Contains(role) && !(role == "StaticText" && said.Contains(name.Trim(), StringComparison.Ordinal));
        if (isRead)
            yield return $"{new string(' ', 2 * depth)}{Said(role, name)}{State(node)}";
        foreach (var child in node.GetProperty("childIds").EnumerateArray().Where(child => nodes.ContainsKey(child.GetString()!)))
        {
            foreach (var line in Walk(nodes[child.GetString()!], nodes, depth + (isRead ? 1 : 0), isRead ? name : said))
                yield return line;
        }
    }

    private static string Said(string role, string name) => role == "StaticText" ? name.Trim() : name.Length == 0 ? role : $"{role}: {name}";

    private static string State(JsonElement node) => !node.TryGetProperty("properties", out var properties) ? "" : string.Concat(
        from property in properties.EnumerateArray()
        let name = property.GetProperty("name").GetString()!
        where States.Contains(name)
        select $" [{name} {property.GetProperty("value").GetProperty("value")}]");

    private static string Word(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) && value.TryGetProperty("value", out var text) ? text.GetString() ?? "" : "";
}
