// What the visitor has decided, as the consent cookie says it.

import { eachPart } from "./cookies.js";
import { apply, collect, each, exec, getOwnPropertyDescriptor, join } from "./platform.js";
import { lookup } from "./table.js";

/** What the gateway says of the site. */
export const { site_: site } = gateway;

/** `document.cookie` of the browser. */
export const cookieProperty = getOwnPropertyDescriptor(Document.prototype, "cookie");

const readCookies = () => apply(cookieProperty.get, document, []);

/** Calls with name and value of each cookie that scripts of this page can read. */
export const eachCookie = call => eachPart(readCookies(), call);

// By group: the version of each group for which consent is asked, and of the objection to audience measurement.
const versions = { __proto__: null, audience: "-" };
each(site.groups_, ({ id_: id, version_: version }) => versions[id] ??= version);

/**
 * What the cookie says. A value that cannot be read says nothing; of several that can be read, the most restrictive answer holds. The clock of
 * the browser is not asked: the browser deletes the cookie at the end of its lifetime, and the gateway deletes one that is too old.
 * @returns {State}
 */
function read(cookies) {
  const next = { choices_: "", votes_: { __proto__: null }, open_: [], known_: true, days_: { __proto__: null }, objected_: false };
  eachPart(cookies, (name, value) => {
    if (name !== site.cookie_) return;
    // A newer gateway may have written grants that this script cannot read.
    if (exec(/^g(?!1\.)\d/, value)) next.known_ = false;
    const whole = exec(/^g1\.\d{1,6}(~@?[\w-]+\.[\w-]+(\.[01])?)*(~\.[\w-]{22})?$/, value);
    if (!whole || site.signed_ && !whole[3]) return;
    next.choices_ += 1;
    const part = /~(@?)([\w-]+)\.([\w-]+)\.?([01]?)/g;
    for (let match; (match = exec(part, value));) {
      const { 1: isDay, 2: id, 3: version, 4: vote } = match;
      if (!isDay) {
        if (version === versions[id]) next.votes_[id] = (next.votes_[id] ?? "") + vote;
        else next.known_ = false;
      } else if (!(next.days_[id] < version)) next.days_[id] = +version;
    }
  });
  each(site.groups_, ({ id_: id, version_: version }) => {
    if (version && next.votes_[id] !== next.choices_ && !exec(/0/, next.votes_[id])) next.open_[next.open_.length] = id;
  });
  next.objected_ = !!exec(/0/, next.votes_.audience);
  return next;
}

export let state;

let seen;

/** Reads the choice again if any cookie has changed. It can be made in another window, and only the cookie is up to date everywhere. */
export function refresh() {
  let cookies = "";
  try {
    cookies = readCookies();
  } catch {
    // A sandboxed document has no cookies.
  }
  if (cookies !== seen) state = read(seen = cookies);
}

refresh();

/**
 * Whether the visitor grants a group: every choice that can be read does.
 * @param {Group} group
 */
export const isGranted = ({ id_: id, version_: version }) =>
  version ? state.votes_[id] === state.choices_ : id !== "audience" || !state.objected_;

/** The ids of all groups that the visitor grants, in one string. */
export const grantedGroups = () => join(collect(site.groups_, group => isGranted(group) && group.id_));

/** Whether the group with this id may be used now. */
export const permits = id => site.groups_.some(group => group.id_ === id && isGranted(group) && !gateway.isHeld_?.(group));

/** The entries of a name; undefined: none. */
export const find = lookup(site.entries_);

/** Whether an entry may be used now. */
export const mayUse = entry => isGranted(site.groups_[entry.group_]) && !gateway.isHeld_?.(entry);

/** By index of a group: whether the page used, or tried to use, something of it. */
export const traces = [];

/** The entries of a name that may be used now. */
export function allowed(kind, name) {
  const entries = find(kind, name);
  return entries && mayUse(entries[0]) ? entries : undefined;
}
