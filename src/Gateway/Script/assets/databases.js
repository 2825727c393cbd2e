// Databases, caches and service workers. What the table or the visitor does not allow is not opened, and is removed with the next page.

import { allowed, site, state } from "./consent.js";
import { passes, replace } from "./guard.js";
import { apply, defineProperty, each, origin, uncurry } from "./platform.js";
import { noteRefused } from "./report.js";

const { IDBFactory, EventTarget } = window;
const { addEventListener, dispatchEvent } = EventTarget.prototype;
const drop = IDBFactory && uncurry(IDBFactory.prototype.deleteDatabase);
const listen = uncurry(addEventListener);

// Requests for databases, which have the connection once they are done. A page can use a connection for as long as it lives.
const opened = [];

/** Guards the methods of a window that open databases and caches. They fail as in a private window. */
export function guardDatabases({ IDBFactory, CacheStorage, DOMException, Event }) {
  if (IDBFactory) replace(IDBFactory.prototype, "open", (open, self, args) => {
    if (!args.length) return apply(open, self, args);
    const name = args[0] = `${args[0]}`;
    if (passes("indexedDB", name)) {
      const request = apply(open, self, args);
      opened[opened.length] = [name, request];
      return request;
    }
    // The request to delete it is of the type that the page expects.
    const request = drop(self, state.known_ ? name : "");
    const error = new DOMException("A mutation operation was attempted on a database that did not allow mutations.", "InvalidStateError");
    defineProperty(request, "error", { __proto__: null, value: error });
    let isOver = false;
    each(["success", "blocked", "error"], type => listen(request, type, event => {
      if (!event.isTrusted) return;
      apply(event.stopImmediatePropagation, event, []);
      if (!isOver) apply(dispatchEvent, request, [new Event("error", { bubbles: true, cancelable: true })]);
      isOver = true;
    }));
    return request;
  });
  if (CacheStorage) replace(CacheStorage.prototype, "open", async (open, self, args) => {
    if (args.length && !passes("cacheStorage", args[0] = `${args[0]}`)) throw new DOMException("The operation is insecure.", "SecurityError");
    return apply(open, self, args);
  });
}

/** Removes the databases, caches and service workers that may not stay. */
export async function sweepDatabases() {
  // A sandboxed document has none.
  if (!state.known_ || site.observes_ || origin === "null") return;
  const sweep = async (kind, list, nameOf, remove) => {
    try {
      each(await list(), one => {
        const name = nameOf(one);
        if (allowed(kind, name)) return;
        noteRefused(kind, name);
        remove(one, name);
      });
    } catch {
      // The browser refuses access to them.
    }
  };
  sweep("indexedDB", () => indexedDB.databases(), ({ name }) => name, (_, name) => {
    each(opened, ([one, request]) => one === name && request.readyState === "done" && request.result?.close());
    drop(indexedDB, name);
  });
  sweep("cacheStorage", () => window.caches?.keys(), name => name, name => caches.delete(name));
  sweep("serviceWorker", () => navigator.serviceWorker?.getRegistrations(),
    ({ active, waiting, installing }) => decodeURIComponent(new URL((active || waiting || installing).scriptURL).pathname),
    worker => worker.unregister());
}
