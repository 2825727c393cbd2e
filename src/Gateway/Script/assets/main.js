// The start. Runs before any other script of the page, once in a window.

import { on, quiet, url } from "./requests.js";
import { ask, asked, isFrames, isLargest, language } from "./ask.js";
import { compare, listen, listenElsewhere, notify, stopListening } from "./choice.js";
import { eachCookie, find, mayUse, permits, site, state } from "./consent.js";
import { sweepDatabases } from "./databases.js";
import { mark } from "./frames.js";
import { guard } from "./guard.js";
import { adopt, pageListeners, sheetOf } from "./placement.js";
import { defineProperty, each } from "./platform.js";
import { report } from "./report.js";
import { expire, sweepStorage } from "./sweep.js";
import { raiseShield } from "./shield.js";
import { status } from "./typing.js";
import { announceSaved, controlElement, open } from "./view.js";

/** Calls with each storage of this window. */
export let eachStorage;

// For the parts that not every site has: they are built each for itself and run between this file and the start.
if (WITH_PARTS) Object.assign(gateway, {
  ask_: ask,
  compare_: compare,
  control_: controlElement,
  eachCookie_: eachCookie,
  expire_: expire,
  find_: find,
  language_: language,
  listen_: listen,
  mayUse_: mayUse,
  adopt_: adopt,
  pageListeners_: pageListeners,
  sheetOf_: sheetOf,
  permits_: permits,
  url_: url,
});

gateway.open_ = open;
gateway.state_ = () => state;

gateway.start_ = () => {
  if (window[mark]) return;
  defineProperty(window, mark, { value: status });
  eachStorage = guard(window);
  each(["load", "pagehide"], type => on(window, type, report));
  if (site.observes_) return;
  on(window, "pagehide", stopListening);
  raiseShield();
  if (WITH_PARTS) notify(true);
  if (self === top) ask();
  else if (isFrames(top)) {
    const askInLargest = () => isLargest() && ask();
    if (top.document.readyState === "complete") askInLargest();
    else on(top, "load", askInLargest);
  }
  // What no script of the page asks for, when there is time: to open a storage takes long.
  const sweepRest = quiet(async () => {
    listenElsewhere();
    eachStorage(sweepStorage);
    sweepDatabases();
    await asked;
    announceSaved();
  });
  (window.requestIdleCallback ?? requestAnimationFrame)(sweepRest, { timeout: 5e3 });
};

// Scripts that look for the first script, and styles for the first child of the head, find the page's own.
document.currentScript?.remove();
