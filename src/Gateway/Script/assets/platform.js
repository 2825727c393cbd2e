// Built-ins of the browser, taken before a script of the page can replace them. Code that runs between the page's scripts uses these: it looks
// up no method on a prototype and uses no iterator.

export const { Proxy, RegExp, origin } = window;
export const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys, set } = Reflect;
export const { now, parse, UTC } = Date;
export const { ceil } = Math;

/** A method as a function whose first argument is its `this`. */
export const uncurry = method => (self, ...args) => apply(method, self, args);

export const exec = uncurry(RegExp.prototype.exec);
export const startsWith = uncurry(String.prototype.startsWith);
export const endsWith = uncurry(String.prototype.endsWith);

/** Calls with each item of an array-like list and its index. */
export const each = (list, call) => {
  for (let i = 0; i < list?.length; i++) call(list[i], i);
};
export const toLowerCase = uncurry(String.prototype.toLowerCase);
