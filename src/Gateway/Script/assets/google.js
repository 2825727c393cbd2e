// Google Consent Mode v2, basic: what was granted stands first in dataLayer, and once more after each decision. Nothing is loaded.

let layer;

// Google's code reads what looks like the arguments of its own function.
function consent(command) {
  const states = Object.entries(site.google).map(([type, id]) => [type, permits(id) ? "granted" : "denied"]);
  return (function () { return arguments; })("consent", command, Object.fromEntries(states));
}

// Old pages write "dataLayer = [...]": then it goes first in that one.
let leading;
function lead(value) {
  layer = value;
  try {
    if (!layer.includes(leading)) layer.unshift(leading = consent("default"));
  } catch {
    // Not a list that anybody could read.
  }
}

listeners.push(first => {
  if (!first) return layer.push(consent("update"));
  lead(window.dataLayer || []);
  Object.defineProperty(window, "dataLayer", { get: () => layer, set: lead, configurable: true, enumerable: true });
});
