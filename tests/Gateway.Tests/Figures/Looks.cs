using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>Every computed property and box of every element of the script's, shown or not, and of the one that holds them all.</summary>
internal static class Looks
{
    private const string Read = $$"""
        [document.querySelector('site-gateway'), ...{{Stage.Root}}.querySelectorAll('*')].map(node => {
            const style = getComputedStyle(node), box = node.getBoundingClientRect();
            return [node.localName + '.' + node.className, 'box: ' + [box.x, box.y, box.width, box.height].join(),
                ...[...style].filter(name => !name.startsWith('--')).map(name => name + ': ' + style.getPropertyValue(name))];
        })
        """;

    /// <summary>An element in each line: its name, then its box and properties.</summary>
    public static Task<string[][]> ReadAsync(ITab tab) => tab.EvaluateAsync<string[][]>(Read);

    /// <summary>What is no longer as it was: element, property before and after.</summary>
    public static IReadOnlyList<string> Changes(string[][] before, string[][] after) => before.Length != after.Length
        ? [$"{before.Length} elements became {after.Length}"]
        : [.. before.Zip(after).SelectMany(pair => pair.First.Zip(pair.Second).Where(one => one.First != one.Second).Select(one => $"{pair.First[0]} {one.First} -> {one.Second}"))];

    /// <summary>Changes of a view under each of the hostile style sheets.</summary>
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
