// The cookie table and what the visitor answered. `site` is the data that BannerScript puts in.

// The page may change built-ins after this script has run. What runs between its scripts uses what is taken here: it looks no method
// up on a prototype, and walks no list by its iterator.
const { Proxy } = window;
const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { now, parse } = Date;
const { ceil } = Math;
const bare = method => (self, ...args) => apply(method, self, args);
const exec = bare(RegExp.prototype.exec);
const begins = bare(String.prototype.startsWith);
const ends = bare(String.prototype.endsWith);
const jar = getOwnPropertyDescriptor(Document.prototype, "cookie");

const each = (list, call) => {
  for (let i = 0; i < list?.length; i++) call(list[i], i);
};

// The version of each group for which consent is asked, and of the objection to audience measurement.
const versions = { __proto__: null, audience: "-" };
each(site.groups, ({ id, version }) => versions[id] ??= version);

let state;

// Whether an entry or a group is held back by what the browser asks on its user's behalf.
let held = () => {};

// Entries by kind and name: several where the site sets a name at several places; all have one group. Those of cookies do not name their
// kind. Looked up, not tried one after the other: a page waits for this.
const byName = { __proto__: null };
const patterns = [];
for (const entry of site.entries) {
  for (const name of entry.names) {
    const key = (entry.kind ?? "cookie") + name;
    const [before, after] = key.split("*");
    const entries = byName[key] ??= [];
    if (!entries.length && after !== undefined) patterns.push({ before, after, entries, rank: key.length + before.length / 1e4 });
    entries.push(entry);
  }
}

// Those with the longest fixed part first, of two as long that with the longer part before the star.
patterns.sort((a, b) => b.rank - a.rank);

// The entries of a name, as the gateway finds them; undefined: none.
function find(kind, name) {
  const key = kind + name;
  if (byName[key]) return byName[key];
  for (let i = 0; i < patterns.length; i++) {
    const { before, after, entries } = patterns[i];
    if (key.length >= before.length + after.length && begins(key, before) && ends(key, after)) return entries;
  }
}

// The same where they may be used.
function allowed(kind, name) {
  const entries = find(kind, name);
  return entries && runs(site.groups[entries[0].group]) && !held(entries[0]) ? entries : undefined;
}

const trim = text => exec(/[^ \t](.*[^ \t])?/s, text)?.[0] ?? "";

// The parts of a line with their names and values: what stands around the first "=". Without one, a part has no name.
function eachPart(line, call) {
  const part = /(?:([^;=]*)=)?([^;]*);?/y;
  do {
    const { 0: text, 1: name = "", 2: value } = exec(part, line);
    call(trim(name), trim(value), text);
  } while (part.lastIndex < line.length);
}

const eachCookie = call => eachPart(apply(jar.get, document, []), call);

// What the cookie says now. What cannot be read, has run out or comes from the future says nothing; where several can be read, the most
// restrictive answer holds.
function read() {
  const next = { choices: "", votes: { __proto__: null }, open: [], known: true, days: { __proto__: null } };
  try {
    eachCookie((name, value) => {
      if (name !== site.cookie) return;
      // What a newer gateway wrote may grant what we cannot read.
      if (exec(/^g(?!1\.)\d/, value)) next.known = false;
      const age = now() / 864e5 - exec(/^g1\.(\d{1,6})(~@?[\w-]+\.[\w-]+(\.[01])?)*$/, value)?.[1];
      if (!(age >= -1 && age < site.days + 1)) return;
      next.choices += 1;
      const part = /~(@?)([\w-]+)\.([\w-]+)\.?([01]?)/g;
      for (let match; match = exec(part, value);) {
        const { 1: isDay, 2: id, 3: version, 4: vote } = match;
        if (!isDay) {
          if (version === versions[id]) next.votes[id] = (next.votes[id] ?? "") + vote;
          else next.known = false;
        } else if (!(next.days[id] < version)) next.days[id] = +version;
      }
    });
  } catch {
    // A sandboxed document has no cookies.
  }
  each(site.groups, ({ id, version }) => {
    if (version && next.votes[id] !== next.choices && !exec(/0/, next.votes[id])) next.open[next.open.length] = id;
  });
  next.objected = exec(/0/, next.votes.audience);
  return next;
}

// Whether a group of entries may be used: where every choice that can be read grants it.
function runs({ id, version }) {
  return version ? state.votes[id] === state.choices : id !== "audience" || !state.objected;
}

function running() {
  return site.groups.filter(runs).map(group => group.id).join();
}
