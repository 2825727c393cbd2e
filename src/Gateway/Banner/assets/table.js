// The cookie table and what the visitor answered. `site` is the data that BannerScript puts in.

// The page may change built-ins after this script has run. What runs between its scripts uses what is taken here: it looks no method
// up on a prototype, and walks no list by its iterator.
const { Proxy } = window;
const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { now, parse } = Date;
const { ceil } = Math;
const bare = method => (self, ...args) => apply(method, self, args);
const exec = bare(RegExp.prototype.exec);
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

// The names of the table: exact ones, then patterns, those with the longest fixed part first, of two as long that with the longer
// start. Several entries where the site sets a name at several places; all have one group. Those of cookies do not name their kind.
const rows = site.entries.flatMap(({ kind, names }) => names.map(name => ({
  fits: new RegExp("^" + (kind || "cookie") + name.replace(/[^*\w]/g, "\\$&").replace("*", "[^]*") + "$"),
  rank: name.includes("*") ? name.length * 1e4 + name.indexOf("*") : 1e9,
  entries: site.entries.filter(entry => entry.kind === kind && entry.names.includes(name)),
}))).sort((a, b) => b.rank - a.rank);

// The entries of a name, as the gateway finds them; undefined: none.
function find(kind, name) {
  for (let i = 0; i < rows.length; i++) if (exec(rows[i].fits, kind + name)) return rows[i].entries;
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
