// Frames of third parties that the policy of this page refuses. A document of the gateway stands in them: a placeholder or, once the visitor allows
// it, a document with the frame and a policy of its own. The element, its attributes and its window stay, and nothing is added to the history.

const { compare_: compare, language_: language, listen_: listen, mayUse_: mayUse, site_: site, url_: url } = gateway;
const { requestAnimationFrame: wait } = window;

// How often a frame gets its document again that shows something else: the browser may still be busy refusing the address of the element.
const most = 3;

// All hosts.
const sources = gateway.sources_.map(source => ({ ...source, wasAllowed_: mayUse(source.entry_) }));
const { allows_: allows } = gateway;

const parse = address => {
  try {
    return new URL(address);
  } catch {
    // Not a URL.
  }
};

const frames = document.getElementsByTagName("iframe");
// By frame: what it was given last.
const given = new WeakMap();

// The origins that a policy of the page itself refuses: a document of ours must not get round it.
const forbidden = new Set();

addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, originalPolicy, disposition }) => {
  const address = disposition === "enforce" && effectiveDirective === "frame-src" && !originalPolicy.startsWith(site.policy_) && parse(blockedURI);
  if (!address || forbidden.has(address.origin)) return;
  forbidden.add(address.origin);
  for (const { src, contentWindow } of [...frames].filter(frame => given.has(frame))) {
    if (parse(src).origin === address.origin) contentWindow.location.replace(src);
  }
}, true);

// Not if the page's own policy refuses our documents.
gateway.comesInPlace_ = entry => entry.frames_ && !forbidden.has(origin);

// Whether the document in it is ours; undefined: nobody can say.
function isOurs(frame) {
  try {
    return frame.contentWindow.location.href.startsWith(url("/frame?"));
  } catch {
    // Of another origin, or the browser's own page about the refusal.
  }
}

// What the attributes of the element forbid our document, it forbids the third party's frame in it. Browsers look at them when they start to load.
function load(frame, address) {
  const { sandbox, allow } = frame.attributes;
  const kept = [sandbox, allow].map(one => one?.value);
  if (sandbox) sandbox.value += " allow-same-origin allow-scripts allow-forms allow-top-navigation-by-user-activation";
  // Without a list, a feature is for the origin of the element's own address.
  if (allow) allow.value = allow.value.replace(/[^;]+/g, one => /'none'/.test(one) ? one : one + (/\S\s+\S/.test(one) ? "" : " 'src'") + " 'self'");
  frame.contentWindow.location.replace(address);
  [sandbox, allow].forEach((one, i) => one && (one.value = kept[i]));
}

/**
 * Gives a frame its document.
 * @param {HTMLIFrameElement} frame
 * @param {boolean} [isNew] Whether the browser loads the address of the element, whatever the frame shows.
 */
function settle(frame, isNew) {
  const { src, contentWindow } = frame;
  const address = contentWindow && !frame.hasAttribute("srcdoc") && parse(src);
  const source = address && !forbidden.has(address.origin) && sources.find(source => source.entry_.frames_ && allows(source, address));
  const before = given.get(frame);
  given.delete(frame);
  if (!source) return;
  const { entry_: entry, wasAllowed_: wasAllowed } = source;
  const isAllowed = mayUse(entry);
  const isSame = before?.href_ === address.href;
  // The policy of the page allows it.
  if (wasAllowed && isAllowed && !(isSame && !isNew)) return;
  const now = { href_: address.href, isAllowed_: isAllowed, tries_: isSame && !isNew ? before.tries_ : 0 };
  given.set(frame, now);
  if (isNew || !isSame || before.isAllowed_ !== isAllowed || !isOurs(frame) && now.tries_++ < most)
    load(frame, url("/frame?url=") + encodeURIComponent(address.href) + "&lang=" + language() + (crossOriginIsolated ? "&isolated" : ""));
}

const settleAll = () => [...frames].forEach(frame => settle(frame));

listen("placeholders", isFirst => {
  if (!isFirst) return settleAll();
  new MutationObserver(records => {
    /** @type {Set<any>} */
    const found = new Set();
    records.forEach(({ type, target, addedNodes }) => (type === "attributes" ? [target] : addedNodes).forEach(/** @param {any} node */ node => {
      if (node.localName === "iframe") found.add(node);
      else node.querySelectorAll?.("iframe").forEach(frame => found.add(frame));
    }));
    // Firefox starts to load the frame only now. What it then refuses ends what was started before.
    wait(() => found.forEach(frame => settle(frame, true)));
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["src"] });
  document.addEventListener("load", ({ target }) => given.has(/** @type {any} */ (target)) && settle(/** @type {any} */ (target)), true);
  // A choice that was made in a placeholder.
  document.addEventListener("gateway", event => {
    event.preventDefault();
    compare();
  }, true);
});
