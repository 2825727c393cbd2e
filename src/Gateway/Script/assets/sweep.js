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

/** Deletes the cookies that may not stay. */
export function sweepCookies() {
  if (state.known_) eachCookie(name => allowed("cookie", name) || each(find("cookie", name), entry => expire(name, entry)));
}

/**
 * Deletes a cookie: where a domain is declared, there, else host-only and on each parent domain; at the declared path, else along the ancestors of
 * the page's path.
 * @param {string} name
 * @param {Partial<Entry>} entry
 */
export function expire(name, { domain_: domain, path_: path, partitioned_: partitioned }) {
  const flags = (isSecureContext ? ";Secure" : "") + (partitioned ? ";Partitioned" : "");
  for (let at = path ?? location.pathname; at; at = !path && exec(/^(?:.*[^/](?=\/$)|.*\/(?=[^/]))/, at)?.[0]) {
    const drop = place => apply(cookieProperty.set, document, [name + "=;Max-Age=0;Path=" + at + place + flags]);
    if (!domain) drop("");
    for (let host = domain ?? location.hostname; host; host = !domain && exec(/\.(.+\..+)/, host)?.[1]) drop(";Domain=" + host);
  }
}
