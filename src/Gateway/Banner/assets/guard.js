// Writes by the page's scripts pass when the table and the visitor allow them; deletions always do, reading is not touched.

let write = () => {};

const trim = text => text.replace(/^[ \t]+|[ \t]+$/g, "");

// Seconds for which this cookie may live; 0: until the browser is closed; undefined: it is not to be written.
// Visits do not prolong an exempt audience cookie of more than a day (CNIL, 4 July 2025): 13 months run from its first day, which
// is known where the choice's cookie remembers it.
function longest(name, value) {
  const entries = allowed("cookie", name);
  if (!entries) return undefined;
  const most = Math.max(...entries.map(entry => entry.seconds));
  const [{ number }] = entries;
  if (!number || most <= 86400) return most;
  const present = values(name);
  if (present.includes(value)) return undefined;
  const left = Math.floor((state.days[number] + site.audienceDays) * 86400 - Date.now() / 1000);
  if (left > 0) return Math.min(left, most);
  // The first day is not known, or the months are over: what is there may not go on, a new cookie may begin.
  if (!present.length) return most;
  return isNaN(left) ? 0 : undefined;
}

// Seconds for which the browser would keep the cookie; undefined: until it is closed. RFC 6265bis 5.6: the last valid
// Max-Age decides, else the last valid Expires. Date.parse alone takes "0" for a year; a cookie's date needs time and month.
function lifetime(attributes) {
  let age;
  let expires;
  for (const attribute of attributes) {
    const [, key, value] = /^[ \t]*([^=]*?)[ \t]*(?:=[ \t]*([^]*?)[ \t]*)?$/.exec(attribute);
    if (/^max-age$/i.test(key) && /^-?\d+$/.test(value)) age = +value;
    if (/^expires$/i.test(key) && /:\d+:/.test(value) && /[a-z]{3}/i.test(value) && !isNaN(Date.parse(value))) {
      expires = (Date.parse(value) - Date.now()) / 1000;
    }
  }
  return age ?? expires;
}

// The line to write instead; undefined: none.
function filterLine(line) {
  const [pair, ...attributes] = line.split(";");
  const equals = pair.indexOf("=");
  const name = trim(pair.slice(0, Math.max(0, equals)));
  const life = lifetime(attributes);
  const rest = attributes.filter(attribute => !/^[ \t]*(max-age|expires)[ \t]*(=|$)/i.test(attribute));
  if (name === site.cookie) return undefined;
  // Written anew, so that what we took for a deletion is one.
  if (life <= 0) return [name + "=", ...rest, " Max-Age=0"].join(";");
  const most = longest(name, trim(pair.slice(equals + 1)));
  if (most === undefined) return undefined;
  if (life <= most) return line;
  return [pair, ...rest, ...life && most ? [" Max-Age=" + most] : []].join(";");
}

// The same for the options of cookieStore.set.
function filterOptions(options) {
  const name = trim(`${options.name}`);
  const expires = options.expires == null ? undefined : (options.expires - Date.now()) / 1000;
  const life = options.maxAge == null ? expires : +options.maxAge;
  if (name === site.cookie) return undefined;
  if (life <= 0) return { ...options, value: "" };
  const most = longest(name, trim(`${options.value}`));
  if (most === undefined) return undefined;
  if (life === undefined || life <= most) return options;
  const { expires: _, maxAge: __, ...rest } = options;
  return most ? { ...rest, expires: Date.now() + most * 1000 } : rest;
}

function replace(prototype, name, change) {
  const old = prototype && Object.getOwnPropertyDescriptor(prototype, name);
  if (old) Object.defineProperty(prototype, name, { ...old, ...change(old) });
}

// Arguments are turned into strings once, as the browser would, so that what is checked is what is written.
function guard() {
  replace(Document.prototype, "cookie", old => {
    write = line => old.set.call(document, line);
    return {
      set(value) {
        const line = filterLine(`${value}`);
        if (line !== undefined) old.set.call(this, line);
      },
    };
  });
  replace(window.CookieStore?.prototype, "set", old => ({
    async value(...args) {
      if (args.length < 2 && typeof args[0] !== "object") return old.value.apply(this, args);
      const options = args.length > 1 ? { name: `${args[0]}`, value: `${args[1]}` } : { ...args[0] };
      const kept = filterOptions(options);
      return kept && old.value.call(this, kept);
    },
  }));
  replace(window.CookieStore?.prototype, "delete", old => ({
    async value(what) {
      const options = typeof what === "object" ? { ...what } : { name: `${what}` };
      return options.name === site.cookie ? undefined : old.value.call(this, options);
    },
  }));
  replace(Storage.prototype, "setItem", old => ({
    value(...args) {
      if (args.length < 2) return old.value.apply(this, args);
      const key = `${args[0]}`;
      return allowed(kindOf(this), key) && old.value.call(this, key, args[1]);
    },
  }));
}

function kindOf(storage) {
  try {
    return storage === window.sessionStorage ? "sessionStorage" : "localStorage";
  } catch {
    return "localStorage";
  }
}
