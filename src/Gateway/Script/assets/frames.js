// Guards the windows of frames and of pop-ups before the page can access them. A frame starts with a blank document. If a page of the site or
// markup replaces that document, the window stays the same.

import { site } from "./consent.js";
import { on, quiet } from "./requests.js";
import { guard, replace } from "./guard.js";
import { apply, defineProperty, each, exec, getOwnPropertyDescriptor, startsWith } from "./platform.js";
import { isNew } from "./storage.js";
import { noteTyped, typingEvents } from "./typing.js";

/** Property of a window that has run this script. */
export const mark = Symbol.for("gateway");

const { src, nonce } = /** @type {HTMLScriptElement} */ (document.currentScript) ?? {};

// Guards the window of a window or document that the page is about to access, and returns what it was given. A window that runs this script
// guards itself.
function enter(found) {
  try {
    const win = found.defaultView || found;
    each(typingEvents, type => win.addEventListener(type, noteTyped, true));
    if (!win[mark] && isNew(win.Document.prototype)) guard(win);
  } catch {
    // The browser denies access to windows of other origins.
  }
  return found;
}

const reached = (method, self, args) => enter(apply(method, self, args));

// A document from markup in an attribute does not always keep the window of the frame's first document. Therefore the markup starts with the
// script element.
const element = site.observes_ ? "" : `<script src="${src}" nonce="${nonce}" data-gateway></script>`;
const withElement = html => typeof html === "object" || startsWith(`${html}`, element) ? html : element + html;

export function guardFrames(win) {
  const { document, Element, HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement } = win;
  const { prototype } = HTMLIFrameElement;
  each([HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement, HTMLEmbedElement], type =>
    each(["contentWindow", "contentDocument", "getSVGDocument"], name => replace(type.prototype, name, reached)));
  replace(win, "open", reached);
  replace(prototype, "srcdoc", (set, self, args) => apply(set, self, [withElement(args[0])]));
  const markup = getOwnPropertyDescriptor(prototype, "srcdoc");
  defineProperty(prototype, "setAttribute", getOwnPropertyDescriptor(Element.prototype, "setAttribute"));
  replace(prototype, "setAttribute", (set, self, args) => {
    if (exec(/^srcdoc$/i, args[0])) args[1] = withElement(args[1]);
    return apply(set, self, args);
  });
  // A page can access a frame by its index in the window, which cannot be intercepted. A blank frame loads at once; the observer sees other frames
  // when the script ends. Images load too, and a failed access to each of them would be slow. An embedded document does not expose its window.
  on(document, "load", ({ target }) => target.contentWindow ? enter(target.contentWindow) : target.getSVGDocument && each(win, enter), true);
  // Frames with markup in the HTML of the page. The attribute is set again before its document loads if the frame has no window yet (Firefox), or
  // if the markup contains frames, which nothing here would see. Not in other cases, because a page with Trusted Types may not set it.
  const frames = document.getElementsByTagName("iframe");
  new MutationObserver(quiet(() => {
    for (let i = 0; win[i]; i++) if (isNew(win[i])) enter(win[i]);
    each(frames, frame => {
      const html = isNew(frame) && element && apply(markup.get, frame, []);
      if (html && (!frame.contentDocument || exec(/<i?frame/i, html))) apply(markup.set, frame, [html]);
    });
  })).observe(document, { childList: true, subtree: true });
}
