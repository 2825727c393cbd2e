// Where it stands in the document and in the window.

let home;
let isFirst;
let moves = 0;
let lift;
let room;

function sheetOf(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

// Rules for the page that do not change.
let marks = "";
const makeRoom = edge => room.replaceSync(marks + edge);

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
  bar.tabIndex = isCut - 1;
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

// The control stands above what the page has fixed in its corner; while the bar asks there is none. Observers tell of places when they are
// known anyway.
function look() {
  if (bar) return;
  sight.unobserve(corner);
  sight.observe(corner);
}

function rise([{ boundingClientRect: { x, y, width, height } }]) {
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
    look();
  }
}

const sizes = new ResizeObserver(quiet(measureBar));
const sight = new IntersectionObserver(quiet(rise));
const watch = new MutationObserver(quiet(() => stand()));

// What listens to the page. A document that is written anew forgets it.
const ears = {
  input: ({ target }) => typed ||= target !== home,
  focusin: stepAside,
  load: look,
  resize: look,
  scrollend: look,
  pageshow: ({ persisted }) => persisted && compare(),
  visibilitychange: () => document.hidden || compare(),
};
const hear = quiet(event => ears[event.type](event));

// Before the body where it asks, so that it comes first and the site's own selectors for what is in the body stay true; else last.
// A page that writes itself anew takes it away: then it comes again, though not without end, and nobody knows what was typed.
function stand() {
  const { documentElement: html, body } = document;
  if (!html || isFrames(self)) return home.remove();
  each([document, html, body], node => node && watch.observe(node, { childList: true }));
  look();
  if (home.parentNode === html || !isFirst && !body || moves > 20 + performance.now() / 1e3) return;
  if (moves++) {
    typed = true;
    draw();
  }
  for (const type in ears) window.addEventListener(type, hear, true);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter(sheet => sheet !== room), room];
  html.insertBefore(home, isFirst ? body : null);
  // In the top layer nothing of the page can cover it, but a dialog of the page's own that opens later, which makes all else inert.
  home.showPopover?.();
}
