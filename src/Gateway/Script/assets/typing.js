// Whether the visitor gave the page something that a load of it would lose.

import { mark } from "./frames.js";
import { each } from "./platform.js";

/** What other windows of the site see of this one, under `mark`. */
export const status = { typed_: false, touched_: false };

/** The visitor typed, chose, dropped or pasted something. */
export const noteTyped = () => status.typed_ = true;

/** The visitor pressed something in the page. Without that, what its controls hold is the page's own. */
export const noteTouched = () => status.touched_ = true;

/** The events of the latter, for windows that do not run this script. */
export const typingEvents = ["input", "change", "drop", "paste"];

// What a date picker or another script has put into a control brings no event.
const isChanged = ({ type, checked, defaultChecked, value, defaultValue, options, selectedIndex }) =>
  options ? selectedIndex > 0 && !options[selectedIndex].defaultSelected
    : type === "checkbox" || type === "radio" ? checked !== defaultChecked
      : type !== "range" && type !== "color" && value !== defaultValue;

/** Whether a window or a frame in it holds what was typed. */
export function hasTyped(win = window) {
  try {
    let found = win[mark]?.typed_;
    if ((win[mark] ?? status).touched_) each(win.document.querySelectorAll("input,textarea,select"), one => found ||= isChanged(one));
    each(win, frame => found ||= hasTyped(frame));
    return found;
  } catch {
    // Of another origin: nobody can say.
    return false;
  }
}
