// Pages get a proxy in the place of a storage, so that properties which they write can be refused like items.

import { passes } from "./guard.js";
import { apply, defineProperty, each, Proxy, uncurry } from "./platform.js";
import { sweepStorage } from "./sweep.js";

// A storage leads to its proxy and back.
const partners = new WeakMap();
const notes = new WeakMap();
const from = uncurry(notes.get);
const keep = uncurry(notes.set);

/** True once for each object. */
export const isNew = object => !from(notes, object) && keep(notes, object, true);

/** "localStorage" or "sessionStorage". */
export const kindOf = storage => from(notes, storage);

/** The proxy of a storage, the storage of a proxy, everything else itself. */
export const partner = object => from(partners, object) ?? object;

/** Calls a method of a storage with the storages behind proxies, and gives back the proxy for a storage. */
export function onPartners(method, self, args) {
  each(args, (one, i) => args[i] = partner(one));
  return partner(apply(method, partner(self), args));
}

/**
 * The proxy of a storage.
 * @param {boolean} isOurs Whether the storage is of this origin: then it is swept. What lies in another's is not this table's.
 */
export function proxyOf(storage, kind, isOurs) {
  if (storage && !from(partners, storage)) {
    const proxy = new Proxy(storage, {
      __proto__: null,
      defineProperty: (_, key, descriptor) =>
        typeof key !== "symbol" && !passes(kind, key) || defineProperty(storage, key, { __proto__: null, ...descriptor }),
    });
    keep(notes, storage, kind);
    keep(partners, proxy, storage);
    keep(partners, storage, proxy);
    if (isOurs) sweepStorage(storage, kind);
  }
  return partner(storage);
}
