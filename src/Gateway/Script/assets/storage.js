// Pages get a proxy in the place of a storage, so that properties which they write can be refused like items.

import { find, site, state } from "./consent.js";
import { passes } from "./guard.js";
import { apply, defineProperty, each, exec, Proxy, set, uncurry } from "./platform.js";
import { probe, sweepStorage } from "./sweep.js";

// From a proxy to the storage or function behind it, and from a storage to its proxy.
const partners = new WeakMap();
const notes = new WeakMap();
const from = uncurry(notes.get);
const keep = uncurry(notes.set);

/** The proxy of a storage, what is behind a proxy, everything else itself. */
export const partner = object => from(partners, object) ?? object;

/** True once for each object. */
export const isNew = object => !from(notes, object) && keep(notes, object, true);

/** Whether a key may be written into a storage. */
export const mayWrite = (storage, key) => from(notes, storage)?.(key);

/** Remembers what is behind the proxy of a function. */
export const keepPartner = (proxy, target) => {
  keep(partners, proxy, partner(target));
  return proxy;
};

/** Calls a method of a storage with the storages behind proxies, and gives back the proxy for a storage. */
export function onPartners(method, self, args) {
  each(args, (one, i) => args[i] = partner(one));
  return partner(apply(method, partner(self), args));
}

/**
 * The proxy of a storage.
 * @param {boolean} isSameOrigin Whether the storage belongs to this origin and is therefore swept. The table does not apply to the keys of others.
 */
export function proxyOf(storage, kind, isSameOrigin) {
  if (storage && !from(partners, storage)) {
    const canProbe = () => isSameOrigin && state.known_ && !site.observes_;
    const write = key => passes(kind, key) || canProbe() && !find(kind, key) && probe(storage, kind);
    const define = (_, key, descriptor) => typeof key === "symbol" || write(key) ? defineProperty(storage, key, { __proto__: null, ...descriptor }) : true;
    const proxy = new Proxy(storage, {
      __proto__: null,
      set: (_, key, value, receiver) =>
        typeof key !== "symbol" && receiver === proxy ? write(key) ? set(storage, key, value) : exec(/^/, value) : set(storage, key, value, receiver),
      // A storage ignores "configurable: false". The trap of a proxy cannot: so there is none where the key can be removed later.
      get defineProperty() {
        return canProbe() ? void probe(storage, kind) : define;
      },
    });
    keep(notes, storage, write);
    keep(partners, proxy, storage);
    keep(partners, storage, proxy);
    if (isSameOrigin) sweepStorage(storage, kind);
  }
  return partner(storage);
}
