namespace Gateway.Tests.Figures;

/// <summary>Style sheets that would change a banner, by accident or on purpose.</summary>
internal static class HostileStyles
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["reset"] = "* { all: unset !important }",

        ["elements"] = """
            button, input, a, label, summary, dialog, section, h2, h3, p, ul, li { display: none !important; font: 9px/1 cursive !important; color: #ff0 !important;
              background: #ff0 !important; border: 0 !important; margin: -9px !important; padding: 0 !important; width: 1px !important; float: right !important }
            button:first-child { font-size: 3em !important } button:last-child { opacity: .1 !important } :focus { outline: 0 !important }
            """,

        ["inheritance"] = """
            html, body { font: italic 40px/3 cursive !important; color: #ff0 !important; letter-spacing: .5em !important; word-spacing: 2em !important;
              text-transform: uppercase !important; text-align: right !important; text-indent: 5em !important; white-space: pre !important;
              visibility: hidden !important; cursor: none !important; pointer-events: none !important; user-select: none !important; direction: rtl !important;
              writing-mode: vertical-rl !important; text-orientation: upright !important; word-break: break-all !important; hyphens: auto !important;
              list-style: square inside !important; border-collapse: collapse !important; tab-size: 1 !important; quotes: none !important;
              font-variant: small-caps !important; font-stretch: 50% !important; text-shadow: 3px 3px red !important; text-wrap: nowrap !important;
              -webkit-text-fill-color: #ff0 !important; -webkit-text-stroke: 2px red !important; caret-color: red !important }
            """,

        ["host"] = """
            site-gateway, [data-gateway], html > :not(head):not(body) { display: none !important; position: static !important; opacity: 0 !important;
              transform: scale(.1) !important; filter: blur(9px) !important; clip-path: inset(50%) !important; z-index: -1 !important; inset: 50% !important;
              width: 9px !important; height: 9px !important; contain: strict !important; content-visibility: hidden !important; mix-blend-mode: difference !important;
              float: left !important; animation: spin 1s infinite !important; transition: all 9s !important; overflow: hidden !important }
            site-gateway::before, site-gateway::after { content: "x" !important; position: fixed !important; inset: 0 !important; background: red !important; z-index: 2147483647 !important }
            @keyframes spin { to { transform: rotate(1turn) } }
            """,

        ["tokens"] = """
            :root, * { --ground: #ff0 !important; --raised: #ff0 !important; --text: #ff0 !important; --quiet: #ff0 !important; --line: #ff0 !important;
              --hair: #ff0 !important; --accent: #ff0 !important; --on-accent: #ff0 !important; accent-color: red !important }
            ::selection { background: red !important } ::backdrop { background: red !important } ::marker { content: "x" !important }
            :root { scrollbar-color: red red !important; scrollbar-width: none !important; interpolate-size: allow-keywords !important }
            """,

        ["layers"] = """
            html { transform: rotate(1deg) !important; perspective: 9px !important; filter: grayscale(1) !important; will-change: transform !important; overflow: hidden !important; contain: paint !important }
            body { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: #ff0 !important }
            header { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: red !important }
            * { animation-duration: 9s !important; transition: all 9s !important; scroll-behavior: smooth !important; box-sizing: content-box !important; max-width: 50px !important }
            """,
    };
}
