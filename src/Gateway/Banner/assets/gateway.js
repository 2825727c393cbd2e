// The start. Runs before any other script of the page, once.

let atLoad;
const mark = Symbol.for("gateway");

// The language that the operator gives the page, else the page's own where the site has it, else the site's first.
function language() {
  const wanted = site.given || document.documentElement.lang.toLowerCase().split(/[-_]/)[0].replace(/^n[no]$/, "nb");
  return Object.keys(site.texts).find(code => code === wanted) || site.language;
}

const isFrames = frame => frame.document.body?.localName === "frameset";

// Whether this is the largest of the frames that fill the window; those of other sites do not tell.
function isLargest() {
  let best;
  let most = 0;
  const walk = parent => {
    for (let i = 0; i < parent.length; i++) {
      try {
        const area = parent[i].innerWidth * parent[i].innerHeight;
        if (isFrames(parent[i])) walk(parent[i]);
        else if (area > most) [best, most] = [parent[i], area];
      } catch {}
    }
  };
  walk(top);
  return best === self;
}

// Shown once: in the window, or where that has frames in the place of a body, in the largest of them.
function ask() {
  words = site.texts[language()];
  draw();
  on(window, "pageshow", event => event.persisted && compare());
  on(document, "visibilitychange", () => document.hidden || compare());
  on(document, "DOMContentLoaded", () => isFrames(self) && document.querySelector("site-gateway").remove());
}

function start() {
  Object.defineProperty(window, mark, { value: true });
  state = read();
  atLoad = running();
  guard(window);
  on(window, "load", report);
  on(window, "pagehide", report);
  if (site.observes) return;
  sweep(false);
  announce(true);
  if (self === top) ask();
  else if (isFrames(top)) {
    if (top.document.readyState === "complete") isLargest() && ask();
    else on(top, "load", () => isLargest() && ask());
  }
}

// Scripts that look for the first script, and styles for the first child of the head, find the page's own.
document.currentScript?.remove();
if (!window[mark]) start();
