namespace Gateway.Tests.Support;

/// <summary>Checks that all texts of the gateway are legible, in the shadow root or, if there is none, on a page of the gateway.</summary>
internal static class TextFaults
{
    /// <summary>Each text that is clipped, off the screen, missing or malformed.</summary>
    public static Task<string[]> FaultsAsync(ITab tab) => tab.EvaluateAsync<string[]>(Faults);

    /// <summary>The expression that <see cref="FaultsAsync"/> evaluates.</summary>
    public const string Faults = """
        (() => {
            const root = document.querySelector('site-gateway')?.shadowRoot || document.body, faults = [];
            const visible = [...root.querySelectorAll('*')].filter(node => node.checkVisibility({ checkVisibilityCSS: true }));
            const modal = root.querySelector('dialog:modal');
            for (const node of modal ? visible.filter(node => modal.contains(node)) : visible) {
                const style = getComputedStyle(node), box = node.getBoundingClientRect(), text = node.textContent.trim(), name = `${node.localName} ${text.slice(0, 40)}`;
                if (!text && !node.matches('input, br, hr, link, style, [role=status]') && !node.querySelector('input')) faults.push('missing: ' + name);
                if (/\{\d\}|undefined|\bnull\b|NaN|\[object/.test(text)) faults.push('slip: ' + name);
                const own = [...node.childNodes].filter(child => child.nodeType === 3 && child.data.trim());
                if (own.length && parseFloat(style.fontSize) < 12) faults.push('missing: ' + name);
                const scrolled = node.closest('.scroll');
                for (const child of own) {
                    const range = document.createRange();
                    range.selectNodeContents(child);
                    for (const line of range.getClientRects()) {
                        if (line.width < 1) continue;
                        if (!scrolled && (line.left < -1 || line.right > innerWidth + 1)) faults.push('off: ' + name);
                        if (style.display !== 'inline' && (line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 2 || line.bottom > box.bottom + 2)) faults.push('cut: ' + name);
                    }
                }
                if (!scrolled && /hidden|clip/.test(style.overflowX + style.overflowY) && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)) faults.push('cut: ' + name);
                if (!scrolled && /auto|scroll/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1) faults.push('cut: ' + name);
            }
            if (root === document.body && document.documentElement.scrollWidth > innerWidth) faults.push('off: the page itself');
            return [...new Set(faults)];
        })()
        """;
}
