namespace Gateway.Tests.Support;

/// <summary>Whether all that is pressed is large enough for a finger: 44 by 44 pixels (WCAG 2.5.5), as the product has it.</summary>
internal static class TargetSizes
{
    /// <summary>
    /// Each link, button, summary and check box that is smaller; a box is as large as its label. Exempt are links in a sentence, whose height
    /// is that of its lines (2.5.8): laid out inline, with words right before or after.
    /// </summary>
    public static Task<string[]> TooSmallAsync(ITab tab) => tab.EvaluateAsync<string[]>("""
        (() => {
            const root = document.querySelector('site-gateway')?.shadowRoot || document.body;
            const isInASentence = node => node.localName === 'a' && getComputedStyle(node).display === 'inline'
                && [node.previousSibling, node.nextSibling].some(other => other?.nodeType === 3 && other.data.trim());
            return [...root.querySelectorAll('a, button, summary, input:not([type=hidden])')].filter(node => node.checkVisibility() && !isInASentence(node)).flatMap(node => {
                const { width, height } = (node.closest('label') || node).getBoundingClientRect();
                return width >= 44 && height >= 44 ? [] : [`${node.localName} ${node.textContent || node.name}: ${width} x ${height}`];
            });
        })()
        """);
}
