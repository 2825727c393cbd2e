// Google Consent Mode v2, basic: what was granted stands first in dataLayer, and once more after each decision. Nothing is loaded.

const { listen_: listen, permits_: permits, site_: { google_: types } } = gateway;
let layer;
let first;

// Google's code reads what looks like the arguments of its own function.
function consent(command) {
  const states = Object.entries(types).map(([type, id]) => [type, permits(id) ? "granted" : "denied"]);
  return (/** @type {(...items: unknown[]) => unknown} */ (function () { return arguments; }))("consent", command, Object.fromEntries(states));
}

// Google's own snippet sets a default too, which would be the last word: what was decided follows it at once.
function follow(items) {
  for (const item of items) if (item?.[0] === "consent" && item[1] === "default" && item !== first) layer.push(consent("update"));
}

// Old pages write "dataLayer = [...]": then it goes first in that one.
function lead(value) {
  layer = value;
  try {
    if (layer.includes(first)) return;
    const given = [...layer];
    layer.unshift(first = consent("default"));
    const { push } = layer;
    layer.push = function (...items) {
      const length = Reflect.apply(push, this, items);
      follow(items);
      return length;
    };
    follow(given);
  } catch {
    // Not a list that anybody could read.
  }
}

listen("google", isFirst => {
  if (!isFirst) return layer.push(consent("update"));
  lead(window.dataLayer || []);
  Object.defineProperty(window, "dataLayer", { get: () => layer, set: lead, configurable: true, enumerable: true });
});
