using System.Text.Json;

namespace Gateway.Tests.Support;

/// <summary>Chromium's accessibility tree, which VoiceOver, TalkBack and other screen readers read.</summary>
internal static class AccessibilityTree
{
    /// <summary>Roles that are skipped: boxes without meaning, and text that is the name of the node around it.</summary>
    private static readonly string[] Silent = ["generic", "none", "InlineTextBox", "ListMarker", "LabelText", "LayoutTable"];

    private static readonly string[] States = ["checked", "expanded", "modal"];

    /// <summary>Reads the first node with a role and a name, and all nodes below it.</summary>
    /// <returns>One line per node: indentation by depth, then role, name and states.</returns>
    public static async Task<string> ReadAsync(ChromiumTab tab, string role, string name)
    {
        var cdp = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        var nodes = (await cdp.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("nodeId").GetString()!);
        var start = nodes.Values.First(node => Word(node, "role") == role && Word(node, "name") == name);
        return string.Join('\n', Walk(start, nodes, 0, ""));
    }

    private static IEnumerable<string> Walk(JsonElement node, Dictionary<string, JsonElement> nodes, int depth, string said)
    {
        var (role, name) = (Word(node, "role"), Word(node, "name"));
        // Text that is part of the name of the node around it is read with that name.
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
