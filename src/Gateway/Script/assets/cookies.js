// Lines of cookies, read as browsers read them (RFC 6265bis 5.6).

import { exec, now, parse, RegExp, UTC } from "./platform.js";

/** Without the blanks around it; "" where there is nothing else. */
export const trim = text => exec(/[^ \t](.*[^ \t])?/s, text)?.[0] ?? "";

/** Calls with name, value and text of each part between semicolons: the name ends at the first "="; a part without one has no name. */
export function eachPart(line, call) {
  const part = /(?:([^;=]*)=)?([^;]*);?/y;
  do {
    const { 0: text, 1: name = "", 2: value } = exec(part, line);
    call(trim(name), trim(value), text);
  } while (part.lastIndex < line.length);
}

// What a date consists of. Each word of it is the first of these that is still missing.
const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const words = [/^(\d+):(\d+):?(\d*)/, /^([0-2]?\d|3[01])$/, new RegExp(`^(${months})`, "i"), /^\d{1,5}$/];

// The time of a date, in milliseconds: what Chromium or Firefox accepts, as `CookieDate` of the gateway does. Firefox has other delimiters, needs
// no complete time, and reads numbers with slashes.
function timeOf(text) {
  const found = [];
  const word = exec(/(^|[^a-z\d:])\d+:\d+:\d+(?![a-z\d:])/i, text) ? /[a-z\d:]+/gi : /[^\t (),/;[\]-]+/g;
  for (let match; (match = exec(word, text));) {
    for (let i = 0; i < 4 && (found[i] || !(found[i] = exec(words[i], match[0]))); i++);
  }
  const { 0: time, 1: day, 2: month, 3: year } = found;
  if (!month) return parse(exec(/^\W*\d\d?[/-]\d\d?[/-]\d.*/, text)?.[0]);
  const { 0: number } = year ?? "";
  const { 1: hour = 0, 2: minute = 0, 3: second } = time ?? "";
  return UTC(+number + (number < 70 && !number[3] ? 2000 : 0), exec(new RegExp(month[0], "i"), months).index / 4, day?.[0], hour, minute, second || 0);
}

/**
 * What a script writes to `document.cookie`. The last Max-Age decides the lifetime if a browser accepts it, else the last Expires: browsers look at no
 * other. Where they differ, the cookie ends when it ends in the first of them.
 * @param {string} line
 * @returns {{ name_: string, value_: string, life_: number | undefined, domain_: string, path_: string, rest_: string }}
 *   `life_` in seconds, not above 0 for a deletion, undefined for a session; `domain_` and `path_` as their last attributes say, "" without one;
 *   `rest_` is all attributes but those of the lifetime, each with the semicolon before it.
 */
export function readLine(line) {
  let name;
  let value;
  let age;
  let expires;
  let domain = "";
  let path = "";
  let rest = "";
  eachPart(line, (key, text, part) => {
    if (name === undefined) {
      name = key;
      value = text;
      return;
    }
    const attribute = exec(/^(?:(max-age)|(expires)|(domain)|path)$/i, key || text);
    if (attribute?.[1]) age = exec(/^(\+?)\d+$|^-/, text);
    else if (attribute?.[2]) {
      const time = timeOf(text);
      expires = time === time ? (time - now()) / 1000 : undefined;
    } else {
      rest += ";" + part;
      if (attribute?.[3]) domain = key && text;
      else if (attribute) path = key && text;
    }
  });
  // Firefox takes whatever begins with a minus for a deletion: NaN. Only Chromium accepts a plus.
  const life = age && !(age[1] && expires <= 0) ? +age[0] : expires;
  return { name_: name, value_: value, life_: life, domain_: domain, path_: path, rest_: rest };
}
