namespace Gateway.Tests.Support;

/// <summary>Measures the contrast of texts and borders, in the shadow root or, if there is none, on a page of the gateway.</summary>
internal static class ShownContrast
{
    /// <summary>Contrast as WCAG 2.2 defines it. The background is the first colour behind the element that is not transparent.</summary>
    public const string Words = """
        const parse = text => text.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(one => one / 255).map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4).reduce((sum, one, i) => sum + one * [.2126, .7152, .0722][i], 0);
        const contrast = (one, other) => { const [a, b] = [light(parse(one)), light(parse(other))].sort((x, y) => y - x); return (a + .05) / (b + .05) };
        const up = node => node.parentNode?.host || node.parentElement;
        const ground = node => { for (; node; node = up(node)) { const colour = getComputedStyle(node).backgroundColor; if ((parse(colour)[3] ?? 1) > 0) return colour } return 'rgb(255, 255, 255)' };
        const root = document.querySelector('site-gateway')?.shadowRoot || document.body;
        const nodes = [...root.querySelectorAll('*')].filter(node => node.checkVisibility() && node.getBoundingClientRect().height > 1);
        """;

    /// <summary>Texts with a contrast below 7:1, and buttons and boxes with a contrast below 3:1.</summary>
    public static Task<string[]> FaintAsync(ITab tab) => tab.EvaluateAsync<string[]>($$"""
        (() => { {{Words}}
            const faint = nodes.filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && contrast(getComputedStyle(node).color, ground(node)) < 7);
            const edges = nodes.filter(node => node.matches('button:not(.quiet), input') && Math.max(contrast(ground(node), ground(up(node))), contrast(getComputedStyle(node).borderTopColor, ground(up(node)))) < 3);
            return [...faint, ...edges].map(node => `${node.localName}.${node.className} ${node.textContent.slice(0, 40)}: ${getComputedStyle(node).color} on ${ground(node)}`);
        })()
        """);

    /// <summary>Buttons without a visible border, which they need in forced-colors mode.</summary>
    public static Task<string[]> EdgelessAsync(ITab tab) => tab.EvaluateAsync<string[]>($$"""
        (() => { {{Words}}
            return nodes.filter(node => node.matches('button') && !(parseFloat(getComputedStyle(node).borderTopWidth) >= 1 && contrast(getComputedStyle(node).borderTopColor, ground(up(node))) >= 3)).map(node => node.textContent);
        })()
        """);
}
