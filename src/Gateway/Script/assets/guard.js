// Writes by the page's scripts pass when the table and the visitor allow them; deletions always do, reading is not touched. Where the
// site is only observed everything passes, and what would not have passed is told.

// Where the gateway keeps no choice, the name may be the site's.
const kinds = ["localStorage", "sessionStorage"];

const isOwn = name => site.choice && !site.observes && name === site.cookie;

// The entries of a name that may be written. What nobody declared is told to the gateway.
function passes(kind, name) {
  const entries = allowed(kind, name);
  if (!entries && (site.observes || !find(kind, name))) noteRefused(kind, name);
  return entries || site.observes;
}

// How many of its seconds a cookie has left that a site's audience measurement keeps; as all others have them.
let limit = most => most;

// Seconds for which a cookie may be written that asks for so many: 0 deletes it, with Infinity it goes when the browser is closed;
// undefined: it is not to be written.
function lifeOf(name, value, life = Infinity) {
  if (isOwn(name)) return;
  if (life <= 0) return 0;
  const entries = passes("cookie", name);
  if (!entries?.[0]) return;
  let most = 0;
  each(entries, ({ seconds }) => {
    if (seconds > most) most = seconds;
  });
  most = limit(most, entries[0], name, value);
  if (most >= 0) return life === Infinity ? life : ceil(life < most ? life : most) || Infinity;
}

// The line to write instead; undefined: none. Its life is written anew, so that browsers take it as it was taken here. RFC 6265bis 5.6:
// the last valid Max-Age decides, else the last valid Expires. Date.parse alone takes "0" for a year; a cookie's date needs time and month.
function filterLine(line) {
  let key;
  let kept;
  let age;
  let expires;
  let rest = "";
  eachPart(line, (name, value, text) => {
    const timed = exec(/^(?:(max-age)|expires)$/i, name || value);
    if (key === undefined) {
      key = name;
      kept = value;
    } else if (!timed) rest += ";" + text;
    else if (timed[1]) age = exec(/^-?\d+$/, value)?.[0] ?? age;
    else {
      const time = parse(exec(/^(?=.*[a-z]{3}).*:\d+:.*/i, value)?.[0]);
      if (time === time) expires = (time - now()) / 1000;
    }
  });
  const life = lifeOf(key, kept, age ?? expires);
  if (site.observes) return line;
  if (life !== undefined) return key + "=" + (life ? kept : "") + (life < Infinity ? ";Max-Age=" + life : "") + rest;
}

// A proxy has the name, the length and the looks of its function.
function replace(place, name, trap) {
  const how = { __proto__: null, ...getOwnPropertyDescriptor(place, name) };
  const part = how.set ? "set" : how.get ? "get" : "value";
  if (typeof how[part] === "function") {
    how[part] = new Proxy(how[part], { __proto__: null, apply: trap, construct: trap });
    defineProperty(place, name, how);
  }
}

// Pages get a proxy in the place of a storage, so that properties which they write can be held back like items. Each leads to the other.
const partners = new WeakMap();
const memo = new WeakMap();
const from = bare(memo.get);
const keep = bare(memo.set);
const partner = one => from(partners, one) ?? one;

function onPartners(method, self, args) {
  each(args, (one, i) => args[i] = partner(one));
  return partner(apply(method, partner(self), args));
}

// Where the storage is of our origin it is swept: what lies in another's is not this table's.
function proxyOf(storage, kind, isOurs) {
  if (storage && !from(partners, storage)) {
    const proxy = new Proxy(storage, {
      __proto__: null,
      defineProperty: (_, key, how) => typeof key !== "symbol" && !passes(kind, key) || defineProperty(storage, key, { __proto__: null, ...how }),
    });
    keep(memo, storage, kind);
    keep(partners, proxy, storage);
    keep(partners, storage, proxy);
    if (isOurs) sweepStorage(storage, kind);
  }
  return partner(storage);
}

// Gives back how to reach the window's storages past what is put in their place; a sandboxed window has none. Arguments are turned into
// strings once, as the browser would, so that what is checked is what is written.
function guard(win) {
  const { Document, CookieStore, Storage, StorageEvent } = win;
  replace(Document.prototype, "cookie", (set, self, args) => {
    const line = filterLine(`${args[0]}`);
    if (line !== undefined) apply(set, self, [line]);
  });
  if (CookieStore) {
    replace(CookieStore.prototype, "set", async (set, self, args) => {
      const options = args.length > 1 ? { name: args[0] + "", value: args[1] } : { ...args[0] };
      if (options.name !== undefined) {
        options.name = trim(options.name);
        options.value = trim(options.value);
        const life = lifeOf(options.name, options.value, options.maxAge ?? ((options.expires ?? Infinity) - now()) / 1000);
        if (!site.observes) {
          if (life === undefined) return;
          if (!life) options.value = "";
          options.maxAge = undefined;
          options.expires = life < Infinity ? life && now() + life * 1000 : null;
        }
      }
      return apply(set, self, [options]);
    });
    replace(CookieStore.prototype, "delete", async (drop, self, args) => {
      if (!isOwn(`${args[0]?.name ?? args[0]}`)) return apply(drop, self, args);
    });
  }
  // Swept when the page first asks for it, before it sees it: to open one costs more than the rest, and most pages ask for none.
  const getters = [];
  const isOurs = win.origin === origin;
  const standIn = (storage, kind) => proxyOf(storage, kind, isOurs);
  const eachStorage = call => each(kinds, (kind, i) => {
    try {
      call(apply(getters[i], win, []), kind);
    } catch {}
  });
  each(kinds, (kind, i) => {
    getters[i] = getOwnPropertyDescriptor(win, kind)?.get;
    replace(win, kind, (get, self, args) => standIn(apply(get, self, args), kind));
  });
  replace(Storage.prototype, "setItem", (set, self, args) => {
    if (args.length < 2 || passes(from(memo, self), args[0] = `${args[0]}`)) return apply(set, self, args);
  });
  each(ownKeys(Storage.prototype), name => name === "constructor" || replace(Storage.prototype, name, onPartners));
  each(["storageArea", "initStorageEvent"], name => replace(StorageEvent.prototype, name, (method, self, args) => {
    // What it leads to may not have been asked for yet.
    eachStorage(standIn);
    return onPartners(method, self, args);
  }));
  replace(win, "StorageEvent", (type, args, made) => {
    if (args[1]) args[1] = { ...args[1], storageArea: partner(args[1].storageArea) };
    return construct(type, args, made);
  });
  StorageEvent.prototype.constructor = win.StorageEvent;
  guardFrames(win);
  return eachStorage;
}
