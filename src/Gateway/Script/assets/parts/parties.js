// Third parties: which of them the page needs.

const { find_: find, listen_: listen, mayUse_: mayUse, site_: site, state_: getState } = gateway;
const { policy_: policy } = site;

// Compared as browsers compare a source of a policy.
const sources = gateway.sources_ = site.entries_.filter(entry => entry.kind_ === "host").flatMap(entry => entry.names_.map(name => {
  const [, scheme, star, host, port, path] = /^(?:(.+):\/\/)?(\*)?\.?([^:/]+):?(\d*)(.*)/.exec(name);
  return { entry_: entry, scheme_: scheme, star_: star, host_: new URL("http://" + host).hostname, port_: port, path_: path };
}));

const allows = gateway.allows_ = ({ scheme_: scheme, star_: star, host_: host, port_: port, path_: path }, { protocol, hostname, port: given, pathname }) => {
  const isSecure = /^(https|wss):/.test(protocol);
  return (isSecure || /^(http|ws):/.test(protocol) && scheme !== "https")
    && (port ? port === (given || (isSecure ? "443" : "80")) || port === "80" && isSecure && !given : !given)
    && (star ? hostname.endsWith("." + host) : hostname === host)
    && (!path || pathname === path || path.endsWith("/") && pathname.startsWith(path));
};

const parse = address => {
  try {
    return new URL(address);
  } catch {
    // Not a URL.
  }
};

// The entries for which something was blocked.
const blocked = new Set();

const note = (address, found) => {
  const url = parse(address);
  if (url) for (const source of sources) if (allows(source, url)) found.add(source.entry_);
  // A tracker that the site serves itself.
  if (url?.origin === origin) for (const entry of find("path", url.pathname) ?? []) found.add(entry);
};

// What the policy of the gateway blocks is no violation of the page's own policies: scripts of the page do not see it.
if (policy) addEventListener("securitypolicyviolation", event => {
  const { originalPolicy, blockedURI, effectiveDirective, disposition } = event;
  if (!originalPolicy.startsWith(policy)) return;
  event.stopImmediatePropagation();
  if (disposition !== "enforce") return;
  const found = new Set();
  note(blockedURI, found);
  found.forEach(entry => effectiveDirective === "frame-src" && gateway.comesInPlace_?.(entry) || blocked.add(entry));
}, true);

gateway.isUsed_ = group => {
  const resources = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType("resource"));
  const used = new Set(blocked);
  // Frames with a placeholder are none of the page's own requests.
  for (const { name, initiatorType } of resources) if (initiatorType !== "iframe" || !gateway.comesInPlace_) note(name, used);
  // The browser keeps no more than 250.
  return resources.length > 249 || [...used].some(entry => entry.group_ === group);
};

// Speculation rules make Chromium fetch pages of other hosts, whatever the policy says. They start when their element is complete, later than this.
const types = window["HTMLScriptElement"]?.supports;
if (policy && types?.("speculationrules")) new MutationObserver(records => records.forEach(({ addedNodes }) => addedNodes.forEach(/** @param {any} node */ node => {
  if (node.localName !== "script" || node.type !== "speculationrules") return;
  try {
    node.textContent = withoutOthers(node.textContent);
  } catch {
    // The page requires Trusted Types.
    node.remove();
  }
}))).observe(document, { childList: true, subtree: true });

function withoutOthers(text) {
  try {
    const rules = JSON.parse(text);
    for (const kind of ["prefetch", "prerender"]) {
      for (const rule of rules[kind] ?? []) {
        if (rule.urls) rule.urls = rule.urls.filter(address => new URL(address, document.baseURI).origin === origin);
        else rule.where = { and: [{ href_matches: origin + "/*" }, rule.where ?? { href_matches: "/*" }] };
      }
    }
    return JSON.stringify(rules);
  } catch {
    return "{}";
  }
}

// The policy with which the page was loaded allows what is withdrawn now, until the page is left, and while it is left. A policy can be added to a
// page, and stays when its element is gone.
const allowed = sources.filter(({ entry_: entry }) => mayUse(entry));
if (site.own_) listen("withdrawal", isFirst => {
  if (isFirst || allowed.every(({ entry_: entry }) => mayUse(entry))) return;
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = `${site.own_} http://${location.host} ws://${location.host}`;
  for (const { entry_: { names_: names } } of sources.filter(({ entry_: entry }) => mayUse(entry)))
    for (const name of names) meta.content += name.includes("://") ? " " + name : ` http://${name} ws://${name}`;
  document.head.append(meta);
  meta.remove();
});

// A service worker keeps the policy with which it was installed, until its script changes. The gateway changes it with the policy.
if (policy) listen("parties", async isFirst => {
  if (isFirst && !getState().open_[0]) return;
  const workers = await navigator.serviceWorker?.getRegistrations();
  workers?.forEach(worker => worker.update().catch(() => {}));
});
