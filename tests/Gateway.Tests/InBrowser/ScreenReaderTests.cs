using System.Text.Json;
using Gateway.Tests.Figures;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.InBrowser;

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
