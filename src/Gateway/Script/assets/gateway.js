// The start. Runs before any other script of the page, once.

let atLoad;
let asked;
const mark = Symbol.for("gateway");

const isFrames = frame => frame.document.body?.localName === "frameset";
const area = frame => frame.innerWidth * frame.innerHeight;

// The largest of the frames that fill a window, or `best`; those of other sites do not tell.
function largest(frame, best) {
  try {
    if (isFrames(frame)) each(frame, one => best = largest(one, best));
    else if (!(area(frame) <= area(best))) best = frame;
  } catch {}
  return best;
}

// Shown once: in the window, or where that has frames in the place of a body, in the largest of them. In the language that the operator
// gives the page, else the page's own where the site has it, else the site's first.
function ask() {
  if (site.bare) return;
  words = site.texts[site.given || document.documentElement.lang.toLowerCase().match(/^[a-z]*/)[0].replace(/^n[no]$/, "nb")] || site.texts[site.language];
  asked = withWords(() => {
    room = sheetOf(marks);
    isFirst = state.open[0];
    draw();
    stand();
  }) ?? true;
}

const askInLargest = () => largest(top, 0) === self && ask();

function start() {
  defineProperty(window, mark, { value: true });
  state = read();
  atLoad = running();
  storages = guard(window);
  each(["load", "pagehide"], type => on(window, type, report));
  if (site.observes) return;
  announce(true);
  if (self === top) ask();
  else if (isFrames(top)) {
    if (top.document.readyState === "complete") askInLargest();
    else on(top, "load", askInLargest);
  }
  // What no script of the page asks for, when there is time: to open a storage takes long.
  const sweepRest = quiet(async () => {
    storages(sweepStorage);
    await asked;
    tellLoaded();
  });
  (window.requestIdleCallback ?? requestAnimationFrame)(sweepRest, { timeout: 5e3 });
}

// Scripts that look for the first script, and styles for the first child of the head, find the page's own.
document.currentScript?.remove();
if (!window[mark]) start();
