using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>How much of a small screen the banner covers, and whether everything in it can be reached.</summary>
internal static class Reach
{
    /// <summary>The banner's share of the screen, in percent.</summary>
    public static Task<double> ShareAsync(ITab tab) => tab.EvaluateAsync<double>($$"""
        (() => {
            const box = {{Stage.Root}}.querySelector('.bar').getBoundingClientRect();
            return 100 * box.width * box.height / innerWidth / innerHeight;
        })()
        """);

    /// <summary>
    /// Parts of the banner that cannot be brought fully into view, by focus (links and buttons) or by scrolling inside the banner (text), or
    /// that another element covers. A scrolling part must show at least two lines.
    /// </summary>
    public static Task<string[]> UnreachableAsync(ITab tab) => tab.EvaluateAsync<string[]>($$"""
        (() => {
            const root = {{Stage.Root}}, bar = root.querySelector('.bar'), lost = [];
            const inside = (box, frame) => box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1 && box.left >= frame.left - 1 && box.right <= frame.right + 1;
            const screen = { top: 0, left: 0, bottom: innerHeight, right: innerWidth };
            for (const node of bar.querySelectorAll('a, button')) {
                node.focus();
                const box = node.getBoundingClientRect(), at = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                if (!inside(box, screen) || !(at === node || node.contains(at))) lost.push(node.textContent);
            }
            for (const node of bar.querySelectorAll('h2, p, li')) {
                if (!node.textContent) continue;
                const range = document.createRange();
                range.selectNodeContents(node);
                for (const line of range.getClientRects()) {
                    let box = bar;
                    for (let up = node; up !== bar; up = up.parentElement) if (up.scrollHeight > up.clientHeight + 1 && getComputedStyle(up).overflowY !== 'visible') { box = up; break; }
                    if (box.scrollHeight > box.clientHeight + 1) {
                        if (!/auto|scroll/.test(getComputedStyle(box).overflowY) || box.clientHeight < 2 * parseFloat(getComputedStyle(node).lineHeight)) { lost.push('words: ' + node.textContent.slice(0, 30)); break; }
                    } else if (!inside(line, screen)) { lost.push('words: ' + node.textContent.slice(0, 30)); break; }
                }
            }
            return lost;
        })()
        """);
}
