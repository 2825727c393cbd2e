using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>The requests that the script adds to a page, and the elements that it moves.</summary>
internal static class Weight
{
    private const string Boxes = "[...document.body.querySelectorAll('*')].map(node => { const box = node.getBoundingClientRect(); return [node.localName, box.x, box.y, box.width, box.height].join() })";

    /// <summary>Requests of a page to the network, without those that the browser's cache answered.</summary>
    public static Task<string[]> RequestsAsync(ITab tab) => tab.EvaluateAsync<string[]>("""
        performance.getEntriesByType("resource").filter(one => (one.transferSize > 0 || one.initiatorType !== "script") && !one.name.endsWith("/favicon.ico")).map(one => one.name)
        """);

    /// <summary>Elements of the page whose box differs from the page without the script.</summary>
    public static async Task<IReadOnlyList<string>> MovedAsync(ITab tab, MeasuredSite site)
    {
        await tab.GotoAsync(site.Page("bare"));
        var before = await tab.EvaluateAsync<string[]>(Boxes);
        await tab.ShowAsync(site, "banner");
        return [.. before.Zip(await tab.EvaluateAsync<string[]>(Boxes)).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First} -> {pair.Second}")];
    }
}
