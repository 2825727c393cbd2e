namespace Gateway.Tests.Support;

/// <summary>
/// What is done at the start of each page, so that tests find the gateway's element: it is in a closed shadow root of the body. The product has no
/// way to it.
/// </summary>
internal static class OpenShadowRoots
{
    /// <summary>A function that opens the shadow roots of the page, and lets <c>document.querySelector('site-gateway')</c> look into that of the body.</summary>
    public const string Script = """
        () => {
          const { attachShadow } = Element.prototype;
          Element.prototype.attachShadow = function (options) { return attachShadow.call(this, { ...options, mode: 'open' }) };
          for (const name of ['querySelector', 'querySelectorAll']) {
            const find = Document.prototype[name];
            Document.prototype[name] = function (selector) {
              const root = selector === 'site-gateway' ? this.body?.shadowRoot : null;
              return root?.querySelector(selector) ? root[name](selector) : find.call(this, selector);
            };
          }
        }
        """;
}
