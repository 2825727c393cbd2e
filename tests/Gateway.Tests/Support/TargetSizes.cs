namespace Gateway.Tests.Support;

/// <summary>Checks that all targets are at least 44 by 44 pixels (WCAG 2.5.5).</summary>
internal static class TargetSizes
{
    /// <summary>
    /// Each link, button, summary and check box that is smaller. A check box has the size of its label. Links in a sentence are exempt (2.5.8):
    /// these are inline links with text directly before or after.
    /// </summary>
    public static Task<string[]> TooSmallAsync(ITab tab) => tab.EvaluateAsync<string[]>(TooSmall);

    /// <summary>The expression that <see cref="TooSmallAsync"/> evaluates.</summary>
    public const string TooSmall = """
        (() => {
            const root = document.querySelector('site-gateway')?.shadowRoot || document.body;
            const isInASentence = node => node.localName === 'a' && getComputedStyle(node).display === 'inline'
                && [node.previousSibling, node.nextSibling].some(other => other?.nodeType === 3 && other.data.trim());
            return [...root.querySelectorAll('a, button, summary, input:not([type=hidden])')].filter(node => node.checkVisibility() && !isInASentence(node)).flatMap(node => {
                const { width, height } = (node.closest('label') || node).getBoundingClientRect();
                return width >= 44 && height >= 44 ? [] : [`${node.localName} ${node.textContent || node.name}: ${width} x ${height}`];
            });
        })()
        """;
}
