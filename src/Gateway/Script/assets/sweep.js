// Removal of what may not stay.

const keyAt = bare(Storage.prototype.key);
const removeItem = bare(Storage.prototype.removeItem);
const setItem = bare(Storage.prototype.setItem);

// Calls with each storage of this window.
let storages;

// Whether a choice had this page loaded: the page before left a word, under the name of the cookie, for the time in between.
let reloaded;
const leaveWord = () => storages((storage, kind) => kind === kinds[1] && setItem(storage, site.cookie, ""));

// From storage all goes that is not allowed, what the table does not list as well: a frame may have written it that was out of reach.
// A table newer than ours may allow it: then nothing.
function sweepStorage(storage, kind) {
  if (!state.known || site.observes) return;
  try {
    // Its own keys would not tell of one that is named like a method.
    const keys = [];
    for (let key; (key = keyAt(storage, keys.length)) !== null;) keys[keys.length] = key;
    each(keys, key => {
      // A frame leaves the word to the window that shows what was chosen.
      if (key === site.cookie) {
        if (!asked) return;
        reloaded = true;
      }
      allowed(kind, key) || removeItem(storage, key);
    });
  } catch {
    // No error of ours reaches the page.
  }
}

function sweep() {
  storages(sweepStorage);
  if (state.known) eachCookie(name => allowed("cookie", name) || each(find("cookie", name), entry => expire(name, entry)));
}

// Where a domain is declared, there, else host-only and on each parent domain; at the declared path, else along the ancestors of ours.
function expire(name, { domain, path, partitioned }) {
  const flags = (isSecureContext ? ";Secure" : "") + (partitioned ? ";Partitioned" : "");
  for (let at = path ?? location.pathname; at; at = !path && exec(/^(?:.*[^/](?=\/$)|.*\/(?=[^/]))/, at)?.[0]) {
    const drop = place => apply(jar.set, document, [name + "=;Max-Age=0;Path=" + at + place + flags]);
    if (!domain) drop("");
    for (let host = domain ?? location.hostname; host; host = !domain && exec(/\.(.+\..+)/, host)?.[1]) drop(";Domain=" + host);
  }
}
