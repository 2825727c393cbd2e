// Lines of cookies, read as browsers read them (RFC 6265bis 5.6).

import { exec, now, parse } from "./platform.js";

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

/**
 * What a script writes to `document.cookie`. The last valid Max-Age decides the lifetime, else the last valid Expires. `Date.parse` alone takes
 * "0" for a year; the date of a cookie needs a time and a month.
 * @param {string} line
 * @returns {{ name_: string, value_: string, life_: number | undefined, domain_: string, path_: string, rest_: string }}
 *   `life_` in seconds, undefined for a session; `domain_` and `path_` as their last attributes say, "" without one; `rest_` is all attributes but
 *   those of the lifetime, each with the semicolon before it.
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
    if (attribute?.[1]) age = exec(/^-?\d+$/, text)?.[0] ?? age;
    else if (attribute?.[2]) {
      const time = parse(exec(/^(?=.*[a-z]{3}).*:\d+:.*/i, text)?.[0]);
      if (time === time) expires = (time - now()) / 1000;
    } else {
      rest += ";" + part;
      if (attribute?.[3]) domain = key && text;
      else if (attribute) path = key && text;
    }
  });
  return { name_: name, value_: value, life_: age === undefined ? expires : +age, domain_: domain, path_: path, rest_: rest };
}
