// The cookie table and what the visitor answered. `site` is the data that BannerScript puts in.

let state;

// The entries of a name, as the gateway finds them: of the exact name, else of the pattern with the longest fixed part, of two as
// long that with the longer start. Several where the site sets the name at several places; all have one group. Undefined: none.
function find(kind, name) {
  let best;
  let most = 0;
  for (const entry of site.entries) {
    for (const pattern of entry.kind === kind ? entry.names : []) {
      const star = pattern.indexOf("*");
      const fixed = pattern.length - 1;
      const fits = star < 0 ? pattern === name : name.length >= fixed
        && name.startsWith(pattern.slice(0, star)) && name.endsWith(pattern.slice(star + 1));
      const rank = star < 0 ? Infinity : fixed * 1e4 + star;
      if (!fits || rank < most) continue;
      best = rank > most ? [entry] : [...best, entry];
      most = rank;
    }
  }
  return best;
}

// The same where they may be used.
function allowed(kind, name) {
  const entries = find(kind, name);
  return entries && runs(site.groups[entries[0].group]) && !held(entries[0]) ? entries : undefined;
}

// Values of the cookies of a name.
function values(name) {
  return document.cookie.split("; ").filter(pair => pair.startsWith(name + "=")).map(pair => pair.slice(name.length + 1));
}

// One value of the consent cookie; undefined where it cannot be read, has run out, or comes from the future.
function parse(value) {
  const [head, ...parts] = value.split("~");
  const day = /^g1\.(\d{1,6})$/.exec(head);
  const age = day && Math.floor(Date.now() / 864e5) - day[1];
  if (!day || age > site.days || age < -1) return undefined;
  const answers = new Map();
  const days = {};
  for (const part of parts) {
    const answer = /^([a-z0-9-]+)\.([\w-]+)\.([01])$/.exec(part);
    const first = /^@([^.]+)\.(\d+)$/.exec(part);
    if (answer) answers.set(answer[1], { version: answer[2], granted: answer[3] === "1" });
    else if (first) days[first[1]] = +first[2];
    else return undefined;
  }
  return { answers, days };
}

// What the cookie says now. Where several can be read, the most restrictive answer holds.
function read() {
  let jar = [];
  try {
    jar = values(site.cookie);
  } catch {
    // A sandboxed document has no cookies.
  }
  // What a newer gateway wrote may grant what we cannot read.
  const known = !jar.some(value => /^g(?!1\.)\d/.test(value));
  jar = jar.map(parse).filter(Boolean);
  const now = { granted: [], open: [], objected: false, known, days: {} };
  const versions = { audience: "-" };
  for (const group of site.groups.filter(one => one.version)) {
    versions[group.id] = group.version;
    const votes = jar.map(({ answers }) => answers.get(group.id)).map(vote => vote && vote.version === group.version ? vote.granted : undefined);
    if (votes.length && votes.every(vote => vote)) now.granted.push(group.id);
    else if (!votes.includes(false)) now.open.push(group.id);
  }
  for (const { answers, days } of jar) {
    const audience = answers.get("audience");
    if (audience && audience.version === "-" && !audience.granted) now.objected = true;
    for (const [id, { version }] of answers) now.known = now.known && versions[id] === version;
    for (const number in days) now.days[number] = Math.min(days[number], now.days[number] ?? Infinity);
  }
  return now;
}

// Whether a group of entries may be used.
function runs(group) {
  return group.version ? state.granted.includes(group.id) : group.id !== "audience" || !state.objected;
}

function running() {
  return site.groups.filter(runs).map(group => group.id).join();
}
