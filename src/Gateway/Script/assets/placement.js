// Where banner and control stand in the document and in the window.

import { isFrames } from "./ask.js";
import { compare, listenElsewhere } from "./choice.js";
import { quiet } from "./requests.js";
import { collect, each, uncurry } from "./platform.js";
import { raiseShield } from "./shield.js";
import { noteTouched, noteTyped, typingEvents } from "./typing.js";
import { bar, corner, draw, home, lift } from "./view.js";

const attachShadow = uncurry(Element.prototype.attachShadow);

// What is in the body as the page sees it stays as it is: the slot inherits everything and is nothing.
const slotStyles = "slot{all:inherit;unicode-bidi:inherit;display:contents!important;zoom:1;container:none;counter-reset:none;counter-set:none;counter-increment:none;"
  + "animation:none;transition:none;view-transition-name:none;anchor-name:none}";

let asks;
let moves = 0;
let placed;
let room;
let sizes;
let sight;
let changes;
let isPlanned = false;
let nextLook = 0;

/** What the page sees as the target of events in the element: the body that holds it, or the element itself. */
export let owner;

// The shadow root of that body; undefined where the page has one of its own.
let shelter;

/** A style sheet. Safari before 16.4 has none that scripts can make, so there it is an element. */
export function sheetOf(text) {
  let sheet;
  try {
    sheet = new CSSStyleSheet();
  } catch {
    sheet = /** @type {any} */ (document.createElement("style"));
    sheet.replaceSync = rules => sheet.textContent = rules;
  }
  sheet.replaceSync(text);
  return sheet;
}

/** Adds style sheets to a document or shadow root. */
export function adopt(root, ...sheets) {
  if (!sheets[0].nodeName) root.adoptedStyleSheets = [...collect(root.adoptedStyleSheets, sheet => sheet !== sheets[0] && sheet), ...sheets];
  else if (root !== document) root.append(...sheets);
}

// The rules for the page: those of a part, and the room that the bar takes.
const makeRoom = rule => room.replaceSync((gateway.pageRules_ ?? "") + rule);

const nextFrame = () => new Promise(requestAnimationFrame);

// What the keyboard reaches does not stop behind the bar (WCAG 2.4.11), and the end of the page can be scrolled above it. What is longer than the bar
// is reached by the keyboard too. All is read before anything is written, and that with the next frame: the page's first picture does not wait for it.
async function measureBar() {
  if (!bar) return makeRoom("");
  const measured = bar;
  const { top: above, bottom } = bar.getBoundingClientRect();
  const below = innerHeight - above;
  const [text] = bar.children;
  const isLow = innerHeight - bottom < 40;
  const isCut = text.scrollHeight > text.clientHeight + 1;
  await nextFrame();
  if (measured !== bar) return;
  makeRoom(`:root{scroll-padding-${bottom < below ? "top:" + bottom : "bottom:" + below}px${isLow ? `;padding-bottom:${below}px!important` : ""}}`);
  text.tabIndex = isCut ? 0 : -1;
  if (!isCut) return;
  text.setAttribute("role", "group");
  text.setAttribute("aria-labelledby", "ask");
}

const raise = edge => lift.replaceSync(`.corner{bottom:${innerHeight - edge + 12}px}`);

// What has the focus and is covered in its whole height, as it cannot be scrolled: the bar goes to the other half of the window, the control above it.
async function stepAside({ target }) {
  if (target === owner) return;
  await nextFrame();
  const mine = (bar ?? corner).getBoundingClientRect();
  const other = target.getBoundingClientRect();
  if (mine.top > other.top || mine.bottom < other.bottom || mine.left > other.right || mine.right < other.left) return;
  if (!bar) return raise(other.top);
  bar.className = other.top < innerHeight / 2 ? "bar low" : "bar high";
  await measureBar();
}

/**
 * Finds the place anew, after a change. The bar's size is observed. The control stands above what the page has fixed in its corner; while the bar
 * asks there is none. Observers say where things are when that is known anyway.
 */
export function adjust() {
  if (!sight) {
    sizes = new ResizeObserver(quiet(measureBar));
    sight = new IntersectionObserver(quiet(riseAbove));
    changes = new MutationObserver(quiet(() => place()));
    room = sheetOf(gateway.pageRules_ ?? "");
  }
  if (bar) return sizes.observe(bar);
  sight.unobserve(corner);
  sight.observe(corner);
}

function riseAbove([{ boundingClientRect: { x, y, width, height } }]) {
  let edge = innerHeight;
  // Two rows of six points; what is below the first few elements there is hidden by them.
  for (let i = 0; i < 12; i++) {
    each(document.elementsFromPoint(x + width * (i % 6) / 5.1, y + height * (i < 6 ? .1 : .9)), (node, depth) => {
      const over = node !== owner && depth < 9 && node.getBoundingClientRect().top;
      if (over !== false && over < edge && over > innerHeight / 2 && getComputedStyle(node).position === "fixed") edge = over;
    });
  }
  if (edge < innerHeight) {
    raise(edge);
    adjust();
  }
}

const idle = window.requestIdleCallback?.bind(window) ?? requestAnimationFrame;

// Seldom, and when there is time: a page can have thousands of elements there.
function lookAgain() {
  if (bar || isPlanned) return;
  isPlanned = true;
  const look = quiet(() => {
    if (performance.now() < nextLook) return idle(look);
    nextLook = performance.now() + 1e3;
    isPlanned = false;
    if (!bar) adjust();
  });
  idle(look);
}

/** What listens to the page, by event. A document that is written anew forgets it. */
export const pageListeners = {
  __proto__: null,
  pointerdown: noteTouched,
  keydown: noteTouched,
  focusin: stepAside,
  load: lookAgain,
  resize: lookAgain,
  scrollend: lookAgain,
  pageshow: ({ persisted }) => persisted && listenElsewhere(),
  visibilitychange: () => document.hidden || compare(),
};
for (const type of typingEvents) pageListeners[type] = noteTyped;
const listener = quiet(event => pageListeners[event.type](event));

// The parent of the element: a closed shadow root of the body, in which nothing of the page notices it (frameworks that hydrate a whole document,
// selectors, focus traps). Where the page has one of its own: before the body where it asks, so that it comes first, else last.
function parentIn({ documentElement: html, body }) {
  if (body && body !== owner) {
    owner = body;
    try {
      shelter = attachShadow(body, { mode: "closed" });
      adopt(shelter, sheetOf(slotStyles));
      shelter.append(document.createElement("slot"));
    } catch {
      shelter = undefined;
    }
  }
  if (shelter || !body) return shelter;
  owner = home;
  return html;
}

/**
 * Puts the element into the document as soon as that has a body. A page that writes itself anew takes it away: then it comes again, though not
 * without end, and nobody knows what was typed.
 * @param {boolean} isFirst Whether it asks, at the first call.
 */
export function place(isFirst = asks) {
  asks = isFirst;
  const { documentElement: html, body } = document;
  if (!html || isFrames(self)) return home.remove();
  each([document, html, body], node => node && changes.observe(node, { childList: true }));
  raiseShield();
  for (const type in pageListeners) window.addEventListener(type, listener, true);
  lookAgain();
  if (home.isConnected && (home.parentNode === html || body === owner)) return;
  const parent = parentIn(document);
  if (!parent || moves > 20 + performance.now() / 1e3) return;
  if (placed === home) {
    moves++;
    noteTyped();
    draw();
  }
  placed = home;
  adopt(document, room);
  parent.insertBefore(home, shelter ? parent.firstChild : asks ? body : null);
  // In the top layer nothing of the page can cover it, but a dialog of the page's own that opens later, which makes all else inert.
  home.showPopover?.();
}
