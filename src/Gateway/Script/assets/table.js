// The cookie table: which entries a name belongs to.

import { each, endsWith, startsWith } from "./platform.js";

/**
 * Looks up names by kind and name, as `CookieTable` of the gateway does: the exact name, else the pattern with the longest fixed part; of two
 * that are equally long, the one with the longer part before the star. An item of the table may have several entries (the site sets the
 * name at several places); all of them are of one group. Looked up, not tried one by one: a page waits for this.
 * @param {Entry[]} entries
 * @returns {(kind: string, name: string) => Entry[] | undefined}
 */
export function lookup(entries) {
  const byName = { __proto__: null };
  const patterns = [];
  each(entries, entry => each(entry.names_, name => {
    const key = (entry.kind_ ?? "cookie") + name;
    const [before, after] = key.split("*");
    const found = byName[key] ??= [];
    if (!found[0] && after !== undefined) patterns.push({ before_: before, after_: after, found_: found, rank_: key.length + before.length / 1e4 });
    found.push(entry);
  }));
  patterns.sort((a, b) => b.rank_ - a.rank_);

  return (kind, name) => {
    const key = kind + name;
    if (byName[key]) return byName[key];
    for (let i = 0; i < patterns.length; i++) {
      const { before_: before, after_: after, found_: found } = patterns[i];
      if (key.length >= before.length + after.length && startsWith(key, before) && endsWith(key, after)) return found;
    }
  };
}
