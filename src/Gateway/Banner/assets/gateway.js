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

// Shown once: in the window, or where that has frames in the place of a body, in the largest of them. Words that are a file of their
// own are waited for, first until the page is parsed: older browsers pass over its import map once something was imported.
async function ask() {
  try {
    words = site.texts[language()];
    if (!words.title) {
      if (document.readyState === "loading") await new Promise(done => on(document, "readystatechange", done));
      let file;
      try {
        file = await import(url("/" + words + ".mjs"));
      } catch {
        // Blocked, offline, or gone with the release that this script is of.
      }
      if (isFrames(self)) return;
      words = file?.default || site.texts[site.language];
    }
    draw();
    on(window, "pageshow", event => event.persisted && compare());
    on(document, "visibilitychange", () => document.hidden || compare());
    on(document, "DOMContentLoaded", () => isFrames(self) && document.querySelector("site-gateway").remove());
  } catch {
    // No error of ours reaches the page.
  }
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
