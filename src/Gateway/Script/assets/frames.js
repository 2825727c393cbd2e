// Windows that a page puts into itself or opens are guarded before the page can reach them. A frame's first document is blank; what the browser
// then puts in its place, be it a page of the site or markup, has the same window.

import { site } from "./consent.js";
import { on, quiet } from "./requests.js";
import { guard, replace } from "./guard.js";
import { apply, defineProperty, each, exec, getOwnPropertyDescriptor, startsWith } from "./platform.js";
import { isNew } from "./storage.js";

/** Property of a window that has run this script. */
export const mark = Symbol.for("gateway");

const { src, nonce } = /** @type {HTMLScriptElement} */ (document.currentScript) ?? {};

// Takes the window or document that the page gets hold of, and gives it back. Those of other origins throw; those with our line guard themselves.
function enter(found) {
  try {
    const win = found.defaultView || found;
    if (!win[mark] && isNew(win.Document.prototype)) guard(win);
  } catch {
    // Not ours to guard.
  }
  return found;
}

const reached = (method, self, args) => enter(apply(method, self, args));

// Markup in an attribute has another window than the frame's first document, if that has gone or never was: there our line comes first.
const opening = site.observes_ ? "" : `<script src="${src}" nonce="${nonce}" data-gateway></script>`;
const withLine = html => typeof html === "object" || startsWith(`${html}`, opening) ? html : opening + html;

export function guardFrames(win) {
  const { document, Element, HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement } = win;
  const { prototype } = HTMLIFrameElement;
  each([HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement], type =>
    each(["contentWindow", "contentDocument", "getSVGDocument"], name => replace(type.prototype, name, reached)));
  replace(win, "open", reached);
  replace(prototype, "srcdoc", (set, self, args) => apply(set, self, [withLine(args[0])]));
  const markup = getOwnPropertyDescriptor(prototype, "srcdoc");
  defineProperty(prototype, "setAttribute", getOwnPropertyDescriptor(Element.prototype, "setAttribute"));
  replace(prototype, "setAttribute", (set, self, args) => {
    if (exec(/^srcdoc$/i, args[0])) args[1] = withLine(args[1]);
    return apply(set, self, args);
  });
  // By its number a frame can be had without being asked for: a blank one loads at once, another one is seen when the script has ended.
  // Pictures load too, and an error for each of them would cost more than the rest. What is embedded does not lead to its window.
  on(document, "load", ({ target }) => target.contentWindow ? enter(target.contentWindow) : target.getSVGDocument && each(win, enter), true);
  // Markup that the page's own holds is set anew before it is loaded where it may not keep its window (Firefox gives some frames none at
  // first) or holds frames itself, which nobody would see. Not else: under Trusted Types to set it is forbidden.
  const frames = document.getElementsByTagName("iframe");
  new MutationObserver(quiet(() => {
    for (let i = 0; win[i]; i++) if (isNew(win[i])) enter(win[i]);
    each(frames, frame => {
      const html = isNew(frame) && opening && apply(markup.get, frame, []);
      if (html && (!frame.contentDocument || exec(/<i?frame/i, html))) apply(markup.set, frame, [html]);
    });
  })).observe(document, { childList: true, subtree: true });
}
