// Keeps events of what this script draws from the page: its focus traps, hot keys, routers, and dialogs that close on a click outside. To the page
// they happen on the body. Listeners of a window that capture come first, and the first of them are these.

import { exec, startsWith } from "./platform.js";
import { owner } from "./placement.js";
import { on, quiet, url } from "./requests.js";
import { home } from "./view.js";

const types = ["click", "auxclick", "dblclick", "contextmenu", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchmove", "touchend",
  "wheel", "keydown", "keypress", "keyup", "focusin", "focusout", "focus", "blur", "input", "beforeinput"];

// By element: what a click on it does.
const actions = new WeakMap();

/** What a click on an element does: of the visitor, not of a script of the page. */
export function onClick(node, action) {
  actions.set(node, action);
  on(node, "click", event => event.isTrusted && action());
}

// The element of ours at which an event happens; undefined: of the page.
function targetOf(event) {
  const { target, type, detail, changedTouches } = event;
  if (!home || target !== owner) return;
  const root = home.shadowRoot;
  const { clientX, clientY } = changedTouches?.[0] ?? event;
  // Keys have no place, and a click by a key has none either.
  const found = clientX === undefined || type === "click" && !detail ? root.activeElement : root.elementFromPoint(clientX, clientY);
  return root.contains(found) ? found : exec(/blur|out/, type) ? home : undefined;
}

let pressed;

const shield = quiet(event => {
  let found = targetOf(event);
  if (event.type === "mousedown") pressed = found;
  if (!found) return;
  event.stopImmediatePropagation();
  // A press that ends on another element is no click on that.
  if (event.type !== "click" || !event.isTrusted || event.detail && pressed && pressed !== found) return;
  for (; found; found = found.parentElement) actions.get(found)?.();
});

// Routers of single-page applications. Links of ours load a document.
const leaveToBrowser = event => startsWith(event.destination.url, url("/")) && event.stopImmediatePropagation();

/** Begins. A document that is written anew forgets it. */
export function raiseShield() {
  for (const type of types) window.addEventListener(type, shield, true);
  window["navigation"]?.addEventListener("navigate", leaveToBrowser);
}
