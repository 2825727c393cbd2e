// Removal of cookies and storage keys that may not stay.

import { asked } from "./ask.js";
import { allowed, cookieProperty, eachCookie, find, site, state } from "./consent.js";
import { eachStorage } from "./main.js";
import { apply, each, exec, uncurry } from "./platform.js";

/** The kinds of storage, by the names of their properties of a window. */
export const kinds = ["localStorage", "sessionStorage"];

export const keyAt = uncurry(Storage.prototype.key);
const removeItem = uncurry(Storage.prototype.removeItem);
const setItem = uncurry(Storage.prototype.setItem);

/**
 * What a choice leaves for the page that it loads again: an empty item under the name of the cookie, which says that the choice is saved.
 */
export const leaveMark = (storage, kind) => kind === kinds[1] && setItem(storage, site.cookie_, "");

/** Whether this page found that item. */
export let hasMark = false;

/**
 * Removes all keys that are not allowed, also those that the table does not list: a frame may have written them that was out of reach. A table
 * newer than ours may allow them: then nothing.
 * @param {Storage} storage
 * @param {string} kind
 */
export function sweepStorage(storage, kind) {
  if (!state.known_ || site.observes_) return;
  try {
    // Not the storage's own property names: a key named like a method is not among them.
    const keys = [];
    for (let key; (key = keyAt(storage, keys.length)) !== null;) keys[keys.length] = key;
    each(keys, key => {
      // A frame leaves the mark to the window that shows the message.
      if (key === site.cookie_) {
        if (!asked) return;
        hasMark = true;
      }
      if (!allowed(kind, key)) removeItem(storage, key);
    });
  } catch {
    // The browser refuses access to storage.
  }
}

let hasProbes = false;

/** Removes what `probe` let pass. */
export function removeProbes() {
  if (hasProbes) eachStorage(sweepStorage);
  hasProbes = false;
}

/**
 * A key that nobody declared may be written and read back until the running script ends. Libraries test a storage in this way, and would not
 * use it for declared keys otherwise. A frame can be removed before its script ends: `removeProbes` runs then, too.
 */
export async function probe(storage, kind) {
  hasProbes = true;
  await 0;
  sweepStorage(storage, kind);
  removeProbes();
}

/** Deletes the cookies that may not stay. What the table does not list may be of another application on this host. */
export function sweepCookies() {
  if (state.known_) eachCookie(name => allowed("cookie", name) || find("cookie", name) && expire(name, find("cookie", name)));
}

/**
 * Deletes a cookie wherever this site may have put it: at the paths that entries declare and along the ancestors of the page's path, in the
 * partition and outside of it, host-only and, where the table lists it, on each parent domain. What is not listed may be another's there.
 * @param {string} name
 * @param {Entry[]} [entries]
 */
export function expire(name, entries) {
  const dropAt = path => {
    const drop = place => each(isSecureContext ? [";Secure", ";Secure;Partitioned"] : [""], flags =>
      apply(cookieProperty.set, document, [name + "=;Max-Age=0;Path=" + path + place + flags]));
    drop("");
    for (let host = entries && location.hostname; host; host = exec(/\.(.+\..+)/, host)?.[1]) drop(";Domain=" + host);
  };
  each(entries, ({ path_: path }) => path && dropAt(path));
  for (let at = location.pathname; at; at = exec(/^(?:.*[^/](?=\/$)|.*\/(?=[^/]))/, at)?.[0]) dropAt(at);
}
