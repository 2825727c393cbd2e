// Guards what the page's scripts write: it passes when the table and the visitor allow it. Deletions always pass, reading is not touched. Where
// the site only observes, everything passes, and what would have been refused is reported.

import { allowed, cookieProperty, eachCookie, find, refresh, site, traces } from "./consent.js";
import { readLine, trim } from "./cookies.js";
import { guardDatabases } from "./databases.js";
import { guardFrames } from "./frames.js";
import {
  apply, ceil, construct, defineProperty, each, exec, getOwnPropertyDescriptor, now, origin, ownKeys, Proxy, toLowerCase,
} from "./platform.js";
import { noteRefused } from "./report.js";
import { keepPartner, mayWrite, onPartners, partner, proxyOf } from "./storage.js";
import { expire, keyAt, kinds } from "./sweep.js";

// Where the gateway keeps no choice, the name may be the site's.
const isConsentCookie = name => site.choice_ && !site.observes_ && name === site.cookie_;

/** The entries of a name that may be written; true where the site only observes. */
export function passes(kind, name) {
  refresh();
  const entries = allowed(kind, name);
  const listed = find(kind, name);
  if (listed) traces[listed[0].group_] = true;
  // A name that the table does not list is this site's, and not another application's on this host, if the site writes it: then an older one goes.
  if (!entries && (site.observes_ || !listed) && noteRefused(kind, name) && !site.observes_ && kind === "cookie")
    eachCookie(one => one === name && expire(name));
  return entries || site.observes_;
}

// Browsers ignore one leading dot (RFC 6265bis 5.6.3).
const withoutDot = domain => toLowerCase(exec(/^\.?(.*)/s, domain)[1]);

// The path of a cookie without a valid Path: the directory of the page (RFC 6265bis 5.1.4).
const scopePath = path => exec(/^\//, path) ? path : exec(/^(.+)\//, location.pathname)?.[1] ?? "/";

/**
 * The longest lifetime of a cookie that is set with this Domain and Path, in seconds, by the same rule as over HTTP (`CookieTable.Row.MaxLife`):
 * that of the entry with this scope, the shortest of them if there are several; without one, the shortest of all.
 */
export function longestLife(entries, domain, path) {
  const host = withoutDot(domain);
  const at = scopePath(path);
  let shortest = Infinity;
  let exact;
  each(entries, ({ seconds_: seconds, domain_: itsDomain, path_: itsPath }) => {
    if (seconds < shortest) shortest = seconds;
    if (host === withoutDot(itsDomain ?? "") && at === (itsPath ?? "/") && !(exact <= seconds)) exact = seconds;
  });
  return exact ?? shortest;
}

// Seconds for which a cookie may be written that asks for `life` of them: 0 deletes it, with Infinity it ends with the session; undefined: it may
// not be written.
function lifeOf({ name_: name, value_: value, life_: life = Infinity, domain_: domain, path_: path }) {
  if (isConsentCookie(name)) return;
  if (!(life > 0)) return 0;
  const entries = passes("cookie", name);
  if (!entries?.[0]) return;
  let most = longestLife(entries, domain, path);
  if (gateway.limit_) most = gateway.limit_(most, entries[0], name, value);
  if (most >= 0) return life === Infinity ? life : ceil(life < most ? life : most) || Infinity;
}

/**
 * The line to write instead; undefined: none. Its lifetime is written anew, so that browsers read it as it was read here.
 * @param {string} line
 */
export function filterLine(line) {
  const cookie = readLine(line);
  const life = lifeOf(cookie);
  if (site.observes_) return line;
  if (life !== undefined) return cookie.name_ + "=" + (life ? cookie.value_ : "") + (life < Infinity ? ";Max-Age=" + life : "") + cookie.rest_;
}

/** Replaces a function, getter or setter by a proxy, which has the name and the length of its function; `guard` gives it the text. */
export function replace(target, name, trap) {
  const descriptor = { __proto__: null, ...getOwnPropertyDescriptor(target, name) };
  const part = descriptor.set ? "set" : descriptor.get ? "get" : "value";
  if (typeof descriptor[part] === "function") {
    descriptor[part] = keepPartner(new Proxy(descriptor[part], { __proto__: null, apply: trap, construct: trap }), descriptor[part]);
    defineProperty(target, name, descriptor);
  }
}

// The options of a method of `cookieStore`. Each is read and converted once, as by the browser, so that what is checked is what is written.
function readOptions(given, hasValue, value) {
  const options = { __proto__: null };
  if (hasValue || !exec(/^[ofu]/, typeof given)) {
    options.name = `${given}`;
    if (hasValue) options.value = `${value}`;
  } else each(["domain", "expires", "maxAge", "name", "partitioned", "path", "sameSite", "value"], key => {
    const one = given[key];
    options[key] = one && key !== "partitioned" ? exec(/^[em]/, key) ? +one : `${one}` : one;
  });
  return options;
}

// A refused write still throws for a wrong `this`: something of it is read instead.
function guardCookies({ Document, CookieStore }) {
  replace(Document.prototype, "cookie", (set, self, args) => {
    const line = filterLine(`${args[0]}`);
    if (line === undefined) apply(cookieProperty.get, self, []);
    else apply(set, self, [line]);
  });
  if (!CookieStore) return;
  const { get } = CookieStore.prototype;
  const refuse = async self => void await apply(get, self, ["_"]);
  replace(CookieStore.prototype, "set", async (set, self, args) => {
    const options = readOptions(args[0], args.length > 1, args[1]);
    const { name, value, domain, path = "/", expires, maxAge } = options;
    if (name !== undefined && value !== undefined) {
      const asked = maxAge ?? ((expires ?? Infinity) - now()) / 1000;
      const life = lifeOf({ name_: trim(name), value_: trim(value), life_: asked, domain_: domain || "", path_: path });
      if (!site.observes_) {
        if (life === undefined) return refuse(self);
        if (!life) options.value = "";
        if (asked - asked === 0) {
          options.maxAge = undefined;
          options.expires = life < Infinity ? life && now() + life * 1000 : null;
        }
      }
    }
    return apply(set, self, [options]);
  });
  replace(CookieStore.prototype, "delete", async (drop, self, args) => {
    const options = readOptions(args[0]);
    return isConsentCookie(trim(options.name)) ? refuse(self) : apply(drop, self, [options]);
  });
}

/**
 * Guards a window. Gives back how to call with each of its storages past what is put in their place; a sandboxed window has none.
 * @returns {(call: (storage: Storage, kind: string) => void) => void}
 */
export function guard(win) {
  const { Function, Storage, StorageEvent } = win;
  replace(Function.prototype, "toString", onPartners);
  guardCookies(win);
  // Swept when the page first asks for it, before it sees it: to open one costs more than the rest, and most pages ask for none.
  const getters = [];
  const isSameOrigin = win.origin === origin;
  const wrap = (storage, kind) => proxyOf(storage, kind, isSameOrigin);
  const eachStorage = call => each(kinds, (kind, i) => {
    try {
      call(apply(getters[i], win, []), kind);
    } catch {
      // None in this window.
    }
  });
  each(kinds, (kind, i) => {
    getters[i] = getOwnPropertyDescriptor(win, kind)?.get;
    replace(win, kind, (get, self, args) => wrap(apply(get, self, args), kind));
  });
  replace(Storage.prototype, "setItem", (set, self, args) => {
    if (args.length > 1) {
      keyAt(self, 0);
      each([0, 1], i => args[i] = `${args[i]}`);
      if (!mayWrite(self, args[0])) return;
    }
    return apply(set, self, args);
  });
  each(ownKeys(Storage.prototype), name => name === "constructor" || replace(Storage.prototype, name, onPartners));
  each(["storageArea", "initStorageEvent"], name => replace(StorageEvent.prototype, name, (method, self, args) => {
    // What it leads to may not have been asked for yet.
    eachStorage(wrap);
    return onPartners(method, self, args);
  }));
  replace(win, "StorageEvent", (type, args, made) => {
    const area = args[1]?.storageArea;
    if (area) args[1] = { __proto__: args[1], storageArea: partner(area) };
    return construct(type, args, made);
  });
  StorageEvent.prototype.constructor = win.StorageEvent;
  guardDatabases(win);
  guardFrames(win);
  return eachStorage;
}
