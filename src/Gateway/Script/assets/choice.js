// A decision: sent to the gateway, then carried out in this page.

import { grantedGroups, isGranted, refresh, site, state, traces } from "./consent.js";
import { sweepDatabases } from "./databases.js";
import { eachStorage } from "./main.js";
import { each, exec, join, RegExp, toJson } from "./platform.js";
import { fail, on, post, url } from "./requests.js";
import { leaveMark, sweepCookies, sweepStorage } from "./sweep.js";
import { hasTyped } from "./typing.js";
import { appendForm, dismiss, home, say, sayFailed, show, words } from "./view.js";

const summary = () => grantedGroups() + ";" + join(state.open_);
const wasGranted = [];
each(site.groups_, (group, i) => wasGranted[i] = isGranted(group));
const listeners = [];
// To other windows and frames of the origin.
let channel;
let carriedOut = summary();
let busy = false;

/** Adds a listener of one of the parts that not every site has: called at the start with true, and after each decision. */
export const listen = (part, call) => listeners.push({ part_: part, call_: call });

export function notify(isFirst = false) {
  each(listeners, ({ part_: part, call_: call }) => {
    try {
      call(isFirst);
    } catch {
      fail(part);
    }
  });
}

/**
 * Sends a decision.
 * @param {"accept" | "refuse" | "save"} choice
 * @param {string[]} granted
 * @param {string[]} objected
 * @param {HTMLElement} note Where a failure is shown: near the button that was pressed.
 */
export async function decide(choice, granted, objected, note) {
  if (busy) return;
  busy = true;
  note.textContent = "";
  const taken = await post("/choice", `{"choice":${toJson(choice)},"granted":${toJson(granted)},"objected":${toJson(objected)}}`);
  busy = false;
  // A form leaves the page, and is no way out without a network.
  if (taken === "blocked" && !hasTyped() && navigator.onLine) appendForm(url("/choice"), { choice, granted, objected, return: location.pathname + location.search }).submit();
  else if (taken !== true) sayFailed(note);
  else {
    refresh();
    channel?.postMessage(0);
    // A browser that keeps no cookies would ask for ever: once on this page is enough.
    dismiss(!!state.open_[0]);
    carryOut();
    if (state.open_[0]) say(words.notKept_);
    else renew(words.saved_);
  }
}

function carryOut() {
  carriedOut = summary();
  eachStorage(sweepStorage);
  sweepDatabases();
  sweepCookies();
  if (home) show();
  if (WITH_PARTS) notify();
}

// Calls with name and description of what the server tells of this page; undefined: the browser does not say (outside secure contexts).
function eachTiming(call) {
  const [navigation] = performance.getEntriesByType("navigation");
  const { serverTiming } = /** @type {PerformanceNavigationTiming | undefined} */ (navigation) ?? {};
  each(serverTiming, ({ name, description }) => call(name, description));
  return isSecureContext && serverTiming;
}

// Whether the page held something back, or runs something, of a group whose answer has changed, that does not come or go in place.
function isOutdated() {
  let held = "";
  const isTold = eachTiming((name, description) => {
    if (name === "gateway-held") held += ` ${description} `;
  });
  let found = false;
  each(site.groups_, (group, i) => {
    const { id_: id } = group;
    const hasTrace = () => !isTold || site.existing_ || gateway.isRead_ || traces[i] || exec(new RegExp(` ${id} `), held) || gateway.isUsed_?.(i);
    if (isGranted(group) !== wasGranted[i]) found ||= hasTrace();
  });
  return found;
}

// The page is loaded again only if it is outdated, and nothing is lost by it.
function renew(message) {
  if (!isOutdated()) say(message);
  else if (hasTyped() || wasPosted()) say(words.later_, true);
  else {
    if (message === words.saved_) eachStorage(leaveMark);
    location.reload();
  }
}

// Whether the page answered a POST, or may have.
function wasPosted() {
  let found = false;
  return !eachTiming((name, description) => found ||= name + description === "gatewaypost") || found;
}

/** Carries out a choice that was made elsewhere: in another window, or before the browser restored this page. */
export function compare() {
  refresh();
  if (busy || summary() === carriedOut) return;
  carryOut();
  if (home && isOutdated()) renew(words.later_);
}

/** Compares after each choice in another window, and lets the others compare: a choice on the settings page, which has no script, led here. */
export function listenElsewhere() {
  channel = new BroadcastChannel(site.cookie_);
  on(channel, "message", compare);
  compare();
  channel.postMessage(0);
}

/** A page with an open channel is not kept in the back/forward cache. */
export const stopListening = () => channel?.close();
