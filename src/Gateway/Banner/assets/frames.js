// Windows that a page puts into itself or opens are guarded before it can reach them. A frame's first document is blank; what the browser
// then puts in its place, be it a page of ours or the page's own markup, has the same window.

const { src, nonce } = document.currentScript ?? {};

// Takes the window or the document that the page gets hold of, and gives it back. Those of other origins throw; those with our line guard themselves.
function enter(found) {
  try {
    const win = found.defaultView || found;
    const realm = win.Document.prototype;
    if (!win[mark] && !from(memo, realm)) {
      keep(memo, realm, true);
      guard(win);
    }
  } catch {
    // Not ours to guard.
  }
  return found;
}

const reached = (method, self, args) => enter(apply(method, self, args));

// What a frame shows next, after its first document, has another window: there our line comes first.
const withLine = (frame, html) =>
  site.observes || typeof html === "object" || !frame.contentDocument ? html : `<script src="${src}" nonce="${nonce}" data-gateway><\/script>${html}`;

function guardFrames(win) {
  const { document, Element, HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement } = win;
  const { prototype } = HTMLIFrameElement;
  each([HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement], type =>
    each(["contentWindow", "contentDocument", "getSVGDocument"], name => replace(type.prototype, name, reached)));
  replace(win, "open", reached);
  replace(prototype, "srcdoc", (set, self, args) => apply(set, self, [withLine(self, args[0])]));
  defineProperty(prototype, "setAttribute", getOwnPropertyDescriptor(Element.prototype, "setAttribute"));
  replace(prototype, "setAttribute", (set, self, args) => {
    if (exec(/^srcdoc$/i, args[0])) args[1] = withLine(self, args[1]);
    return apply(set, self, args);
  });
  // By its number a frame can be had without being asked for: a blank one loads at once, another one is seen when the script has ended.
  // Markup in an attribute is set anew before it is loaded, for our line to come first in it: it may hold frames of its own. A page that
  // requires Trusted Types forbids that; there the frame's first window is guarded alone.
  // Pictures load too, and an error for each of them would cost more than the rest. What is embedded does not lead to its window.
  on(document, "load", ({ target }) => target.contentWindow ? enter(target.contentWindow) : target.getSVGDocument && each(win, enter), true);
  new MutationObserver(() => {
    for (let i = 0; win[i]; i++) {
      if (!from(memo, win[i])) {
        keep(memo, win[i], true);
        try {
          const { frameElement } = enter(win[i]);
          if (frameElement.srcdoc) frameElement.srcdoc += "";
        } catch {}
      }
    }
  }).observe(document, { childList: true, subtree: true });
}
