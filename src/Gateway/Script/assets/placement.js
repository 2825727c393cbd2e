// Where banner and control stand in the document and in the window.

import { isFrames } from "./ask.js";
import { compare, listenElsewhere } from "./choice.js";
import { quiet } from "./requests.js";
import { each } from "./platform.js";
import { bar, corner, draw, home, lift } from "./view.js";

let asks;
let moves = 0;
let room;
let sizes;
let sight;
let changes;

/** Whether the visitor typed something into the page. */
export let hasTyped = false;

export function sheetOf(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

// The rules for the page: those of a part, and the room that the bar takes.
const makeRoom = rule => room.replaceSync((gateway.pageRules_ ?? "") + rule);

const nextFrame = () => new Promise(requestAnimationFrame);

// What the keyboard reaches does not stop behind the bar (WCAG 2.4.11); what is longer than the bar is reached by it too.
// All is read before anything is written, and that with the next frame: the page's first picture does not wait for it.
async function measureBar() {
  if (!bar) return makeRoom("");
  const measured = bar;
  const { top: above, bottom } = bar.getBoundingClientRect();
  const below = innerHeight - above;
  const isCut = bar.scrollHeight > bar.clientHeight;
  await nextFrame();
  if (measured !== bar) return;
  makeRoom(`:root{scroll-padding-${bottom < below ? "top:" + bottom : "bottom:" + below}px}`);
  bar.tabIndex = isCut ? 0 : -1;
}

const raise = edge => lift.replaceSync(`.corner{bottom:${innerHeight - edge + 12}px}`);

// What has the focus and is covered in its whole height, as it cannot be scrolled: the bar goes to the other half of the window, the control above it.
async function stepAside({ target }) {
  if (target === home) return;
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
  // Four rows of twenty points.
  for (let i = 0; i < 80; i++) {
    each(document.elementsFromPoint(x + width * (i % 20) / 19.1, y + height * i / 80), node => {
      const over = node.getBoundingClientRect().top;
      if (node !== home && over < edge && over > innerHeight / 2 && getComputedStyle(node).position === "fixed") edge = over;
    });
  }
  if (edge < innerHeight) {
    raise(edge);
    adjust();
  }
}

const lookAgain = () => bar || adjust();

/** What listens to the page, by event. A document that is written anew forgets it. */
export const pageListeners = {
  input: ({ target }) => hasTyped ||= target !== home,
  focusin: stepAside,
  load: lookAgain,
  resize: lookAgain,
  scrollend: lookAgain,
  pageshow: ({ persisted }) => persisted && listenElsewhere(),
  visibilitychange: () => document.hidden || compare(),
};
const listener = quiet(event => pageListeners[event.type](event));

/**
 * Puts the element into the document. Before the body where it asks, so that it comes first and the site's own selectors for what is in the body stay
 * true; else last. A page that writes itself anew takes it away: then it comes again, though not without end, and nobody knows what was typed.
 * @param {boolean} isFirst Whether it asks, at the first call.
 */
export function place(isFirst = asks) {
  asks = isFirst;
  const { documentElement: html, body } = document;
  if (!html || isFrames(self)) return home.remove();
  each([document, html, body], node => node && changes.observe(node, { childList: true }));
  lookAgain();
  if (home.parentNode === html || !asks && !body || moves > 20 + performance.now() / 1e3) return;
  if (moves++) {
    hasTyped = true;
    draw();
  }
  for (const type in pageListeners) window.addEventListener(type, listener, true);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter(sheet => sheet !== room), room];
  html.insertBefore(home, asks ? body : null);
  // In the top layer nothing of the page can cover it, but a dialog of the page's own that opens later, which makes all else inert.
  home.showPopover?.();
}
