// Where and in which language the site asks.

import { site, state } from "./consent.js";
import { each } from "./platform.js";
import { place } from "./placement.js";
import { fail, quiet } from "./requests.js";
import { draw, words as shown } from "./view.js";

/** Set once this window shows the banner or the control: true, or a promise while its words are fetched. */
export let asked;

export const isFrames = frame => frame.document.body?.localName === "frameset";

const area = frame => frame.innerWidth * frame.innerHeight;

// The largest of the frames that fill a window, or `best`. Frames of other origins do not say what they hold.
function largest(frame, best) {
  try {
    if (isFrames(frame)) each(frame, one => best = largest(one, best));
    else if (!(area(frame) <= area(best))) best = frame;
  } catch {
    // Of another origin.
  }
  return best;
}

export const isLargest = () => largest(top, 0) === self;

// The language that the operator gives this page, by the narrowest place: a host or a path.
const given = site.pages_?.find(([at]) => at === location.hostname || (location.pathname + "/").startsWith(at))?.[1];

/** The language of this page: the operator's for it, else its own if the site has it, else the site's first. */
export function language() {
  const wanted = given || document.documentElement.lang.toLowerCase().match(/^[a-z]*/)[0].replace(/^n[no]$/, "nb");
  return site.texts_[wanted] ? wanted : site.language_;
}

let languageChanges;

/** Shows the banner where there is something to ask, else the control. */
export function ask() {
  if (site.bare_) return;
  const { texts_: texts } = site;
  const first = texts[site.language_];
  const words = texts[language()];
  const show = found => {
    if (isFrames(self)) return;
    draw(found);
    place(!!state.open_[0]);
    // Some pages have their language set by a script.
    languageChanges ??= new MutationObserver(quiet(() => shown.lang_ !== language() && ask()));
    languageChanges.observe(document.documentElement, { attributeFilter: ["lang"] });
  };
  asked = !WITH_PARTS || words.title_ ? show(words) ?? true : gateway.importWords_(words, first).then(show).catch(() => fail("languages"));
}
