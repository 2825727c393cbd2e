// The start. Runs before any other script of the page, once.

let atLoad;
const mark = Symbol.for("gateway");

// The language of the page where the site has it, else the site's first.
function language() {
  const wanted = document.documentElement.lang.toLowerCase();
  const codes = Object.keys(site.texts);
  return codes.find(code => code.toLowerCase() === wanted)
    || codes.find(code => code.toLowerCase().split("-")[0] === wanted.split("-")[0])
    || site.language;
}

function start() {
  Object.defineProperty(window, mark, { value: true });
  state = read();
  atLoad = running();
  guard();
  sweep(false);
  if (self !== top) return;
  words = site.texts[language()];
  draw();
  on(window, "pageshow", event => event.persisted && compare());
  on(document, "visibilitychange", () => document.hidden || compare());
}

if (!window[mark] && !site.observes) start();
