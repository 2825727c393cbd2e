using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>Computed properties and boxes of the script's host element and of all elements in it, visible or not.</summary>
internal static class Looks
{
    private const string Read = $$"""
        [document.querySelector('site-gateway'), ...{{Stage.Root}}.querySelectorAll('*')].map(node => {
            const style = getComputedStyle(node), box = node.getBoundingClientRect();
            return [node.localName + '.' + node.className, 'box: ' + [box.x, box.y, box.width, box.height].join(),
                ...[...style].filter(name => !name.startsWith('--')).map(name => name + ': ' + style.getPropertyValue(name))];
        })
        """;

    /// <summary>One array per element: its name, then its box and its properties.</summary>
    public static Task<string[][]> ReadAsync(ITab tab) => tab.EvaluateAsync<string[][]>(Read);

    /// <summary>The differences: element, property before and after.</summary>
    public static IReadOnlyList<string> Changes(string[][] before, string[][] after) => before.Length != after.Length
        ? [$"{before.Length} elements became {after.Length}"]
        : [.. before.Zip(after).SelectMany(pair => pair.First.Zip(pair.Second).Where(one => one.First != one.Second).Select(one => $"{pair.First[0]} {one.First} -> {one.Second}"))];

    /// <summary>The differences that each hostile style sheet causes in a view.</summary>
    public static async Task<IReadOnlyList<string>> UnderHostileStylesAsync(ITab tab, MeasuredSite site, string view)
    {
        var plain = await ShownAsync("");
        var changes = new List<string>();
        foreach (var css in HostileStyles.All.Keys)
            changes.AddRange(Changes(plain, await ShownAsync($"css={css}")).Select(change => $"{css}: {change}"));
        return changes;

        async Task<string[][]> ShownAsync(string query)
        {
            await tab.ShowAsync(site, view, query: query);
            return await ReadAsync(tab);
        }
    }
}
