// In the document that stands in a frame of a third party: makes it the frame, for the page and for the third party.

const { url, title, channel } = document.currentScript.dataset;

// The element of the page; null where the page may not be reached.
const outer = window.frameElement;

function wrap() {
  const inner = document.createElement("iframe");
  inner.title = title;
  for (const name of ["allow", "allowfullscreen", "loading", "name", "referrerpolicy", "sandbox", "title"]) {
    const value = outer?.getAttribute(name);
    if (value !== null && value !== undefined) inner.setAttribute(name, value);
  }
  // The page's own policy for its address may forbid to send any.
  if (!document.referrer) inner.referrerPolicy ||= "no-referrer";
  inner.src = url;

  // The third party is told the address of the page, as far as its policy allows, not that of this document.
  const { href } = location;
  if (document.referrer.startsWith(origin)) history.replaceState(null, "", document.referrer);
  document.body.append(inner);
  history.replaceState(null, "", href);

  const player = inner.contentWindow;
  // Scripts of the page send messages to the window of their frame, which is this one.
  window.postMessage = (...args) => Reflect.apply(player.postMessage, player, args);
  addEventListener("message", ({ source, data, origin, lastEventId, ports }) => {
    if (source !== player || !outer) return;
    let found = { data, ports };
    try {
      found = parent.structuredClone(found, { transfer: [...ports] });
    } catch {
      // What cannot be cloned a second time is of this window's types.
    }
    parent.dispatchEvent(new /** @type {any} */ (parent).MessageEvent("message", { ...found, origin, lastEventId, source: window }));
  });
}

function allowInPlace(form) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      const { type } = await fetch(form.action, { method: "POST", body: new URLSearchParams(/** @type {any} */ (new FormData(form))), redirect: "manual" });
      if (type !== "opaqueredirect") return form.submit();
    } catch {
      return form.submit();
    }
    // As in choice.js: other windows and frames of the site.
    new BroadcastChannel(channel).postMessage(0);
    // The script in the page gives all its frames their documents, and this one too.
    if (!outer || outer.dispatchEvent(new Event("gateway", { cancelable: true }))) location.reload();
  });
}

if (url) wrap();
else for (const form of document.forms) allowInPlace(form);
