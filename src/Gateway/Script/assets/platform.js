// Built-ins of the browser, taken before a script of the page can replace them. Code that runs between the page's scripts uses these: it looks
// up no method on a prototype and uses no iterator.

export const { Proxy, RegExp, origin } = window;
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys, set } = Reflect;
export const { now, parse, UTC } = Date;
export const { ceil } = Math;

const { stringify } = JSON;

/** A method as a function whose first argument is its `this`. */
export const uncurry = method => (self, ...args) => apply(method, self, args);

export const exec = uncurry(RegExp.prototype.exec);
export const startsWith = uncurry(String.prototype.startsWith);
export const endsWith = uncurry(String.prototype.endsWith);

/** Calls with each item of an array-like list and its index. */
export const each = (list, call) => {
  for (let i = 0; i < list?.length; i++) call(list[i], i);
};

/** The items for which the call gives something, as it gives them. */
export const collect = (list, call) => {
  const found = [];
  each(list, (one, i) => (one = call(one, i)) && (found[found.length] = one));
  return found;
};

/** Strings with commas or something else between them. */
export const join = (strings, between = ",") => {
  let text = "";
  each(strings, one => text += (text && between) + one);
  return text;
};

/** JSON of a string, or of a list of strings and lists. A page can give arrays a `toJSON` (Prototype 1.6), which the browser would call. */
export const toJson = value => typeof value === "string" ? stringify(value) : `[${join(collect(value, toJson))}]`;

export const toLowerCase = uncurry(String.prototype.toLowerCase);
