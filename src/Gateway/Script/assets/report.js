// Names that were refused: sent to the gateway once a page, without values.

import { toJson } from "./platform.js";
import { post } from "./requests.js";
import { removeProbes } from "./sweep.js";

const reported = { __proto__: null };
let pending = [];

/** Something for a name that is noted for the first time. */
export const noteRefused = (kind, name) =>
  !reported[kind + name] && pending.length < 50 && name.length < 100 && (reported[kind + name] = pending[pending.length] = [kind, name]);

export function report() {
  removeProbes();
  if (pending[0]) post("/refused", toJson(pending));
  pending = [];
}
