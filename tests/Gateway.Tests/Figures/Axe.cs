using Deque.AxeCore.Commons;
using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>axe-core's rules for WCAG 2.2 AA and best practice, and its rule for 2.5.3 (label in name), which it lists as experimental.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Every violation: rule and element.</summary>
    /// <param name="isOursAlone">Whether only the gateway's elements are checked. A page with hostile styles has violations of its own.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(ITab tab, bool isOursAlone)
    {
        await tab.EvaluateAsync<int>($"(() => {{ {Script}; return 0; }})()");
        return await tab.EvaluateAsync<string[]>($$"""
            axe.run({{(isOursAlone ? "{ include: ['site-gateway'] }" : "document")}}, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
                rules: { 'label-content-name-mismatch': { enabled: true } },
            }).then(result => result.violations.flatMap(one => one.nodes.map(node => one.id + ' ' + node.target.flat().join(' ') + ': ' + node.failureSummary)))
            """);
    }
}
