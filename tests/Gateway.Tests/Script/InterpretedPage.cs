using System.Text;
using Gateway.Script;
using Gateway.Texts;
using Jint;

namespace Gateway.Tests.Script;

/// <summary>
/// The script of a site in a .NET JavaScript interpreter, with the few browser features that the guard needs. It detects a broken guard
/// without Chromium and Node.js. It renders nothing.
/// </summary>
internal sealed class InterpretedPage : IDisposable
{
    private const string Browser = """
        const written = [], deleted = [], posted = [], stored = [];
        var window = globalThis, self = window, top = window, origin = "https://site.example", isSecureContext = true;
        class Document {
          get cookie() { return startCookie }
          set cookie(line) { written.push(line) }
          addEventListener() {}
          getElementsByTagName() { return [] }
        }
        class Storage {
          #items = new Map();
          get length() { return this.#items.size }
          key(i) { return [...this.#items.keys()][i] ?? null }
          getItem(key) { return this.#items.get(key) ?? null }
          setItem(key, value) { this.#items.set(key, value) }
          removeItem(key) { this.#items.delete(key) }
        }
        class StorageEvent { get storageArea() { return null } initStorageEvent() {} }
        class CookieStore {
          async set(options) { written.push(JSON.stringify(options)) }
          async delete(options) { deleted.push(options.name) }
        }
        class EventTarget { addEventListener() {} dispatchEvent() {} }
        class Element { setAttribute() {} attachShadow() {} }
        class Frame extends Element { get contentWindow() {} get contentDocument() {} getSVGDocument() {} get srcdoc() { return "" } set srcdoc(html) {} }
        class HTMLIFrameElement extends Frame { get srcdoc() { return "" } set srcdoc(html) {} }
        class HTMLFrameElement extends Frame {}
        class HTMLObjectElement extends Frame {}
        class HTMLEmbedElement extends Frame {}
        class MutationObserver { observe() {} }
        class BroadcastChannel { addEventListener() {} postMessage() {} }
        Object.assign(globalThis, {
          Document, EventTarget, Storage, StorageEvent, CookieStore, Element, HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement, MutationObserver, BroadcastChannel,
          document: Object.assign(new Document(), { currentScript: { src: "/script.js", nonce: "", remove() {} }, documentElement: { lang: "en" } }),
          cookieStore: new CookieStore(),
          navigator: {},
          location: { hostname: "site.example", pathname: startPath },
          AbortSignal: { timeout() {} },
          fetch: async (url, { body }) => (posted.push(url + " " + body), { ok: true }),
          addEventListener() {},
          open() {},
          requestIdleCallback() {},
        });
        for (const kind of ["localStorage", "sessionStorage"]) {
          const storage = new Storage();
          Object.defineProperty(globalThis, kind, { get: () => storage, configurable: true });
        }
        """;

    private readonly Engine _engine = new();

    /// <param name="notice">The site.</param>
    /// <param name="cookie">The cookies that scripts of the page read.</param>
    /// <param name="before">A script that runs before the gateway's script.</param>
    /// <param name="path">Path of the page.</param>
    public InterpretedPage(SiteNotice notice, string cookie = "", string before = "", string path = "/")
    {
        var bare = notice with { Banner = notice.Banner with { Control = ControlCorner.None } };
        _engine.SetValue("startCookie", cookie);
        _engine.SetValue("startPath", path);
        _engine.Execute(Browser);
        _engine.Execute(before);
        _engine.Execute(Encoding.UTF8.GetString(BannerScript.Render(bare).File.Bytes));
    }

    /// <summary>Reports that were sent to the gateway: address and body.</summary>
    public IReadOnlyList<string> Posted => Strings("posted");

    /// <summary>Names of cookies that were deleted by <c>cookieStore</c>.</summary>
    public IReadOnlyList<string> Deleted => Strings("deleted");

    public void Dispose() => _engine.Dispose();

    /// <summary>Runs a script of the page.</summary>
    public void Run(string script) => _engine.Execute(script);

    public string? Read(string expression) => _engine.Evaluate(expression) is var value && value.IsNull() ? null : value.ToString();

    /// <summary>The line that reaches the browser when a script of the page writes a line; null if the guard refuses the write.</summary>
    public string? Write(string line)
    {
        _engine.SetValue("line", line);
        // Calls the setter explicitly, because the interpreter does not call a setter that is a proxy.
        return Written("Reflect.apply(Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set, document, [line])");
    }

    /// <summary>The cookie line or the options of <c>cookieStore.set</c> that reach the browser; null if the guard refuses the write.</summary>
    public string? Written(string script)
    {
        _engine.Execute("written.length = 0");
        _engine.Execute(script);
        // Empty attributes have no effect.
        return Strings("written") is [var only] ? only.Replace(";;", ";", StringComparison.Ordinal).TrimEnd(';') : null;
    }

    private string[] Strings(string name) => [.. _engine.Evaluate(name).AsArray().Select(item => item.AsString())];
}
