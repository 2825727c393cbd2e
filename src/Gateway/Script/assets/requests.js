// Requests to the gateway, and reports of our own failures. First of all that runs.

const { fetch: send, origin, AbortSignal, TypeError } = window;
const timeout = AbortSignal.timeout?.bind(AbortSignal);
const { prefix_: prefix } = gateway.site_;
let hasFailed = false;

/** The address of a path of the gateway. */
export const url = path => origin + prefix + path;

/**
 * Posts a text of JSON. True: taken. False: refused, or no answer in time. "blocked": most likely the page's own policy forbids to ask by script.
 * @param {string} path
 * @param {string} body
 * @returns {Promise<boolean | "blocked">}
 */
export async function post(path, body) {
  try {
    const answer = await send(url(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      redirect: "error",
      keepalive: true,
      signal: timeout?.(15e3),
    });
    return answer.ok;
  } catch (error) {
    return error instanceof TypeError ? "blocked" : false;
  }
}

/** Reports a failure of our own code, once a page, by the name of the part alone. */
export const fail = gateway.fail_ = part => {
  if (!hasFailed) post("/refused", `[["error","${part}"]]`);
  hasFailed = true;
};

/** A listener or callback of ours that never throws. */
export const quiet = act => async event => {
  try {
    await act(event);
  } catch {
    fail("main");
  }
};

/** Adds a listener that never throws. */
export const on = (target, type, listener, capture = false) => target.addEventListener(type, quiet(listener), capture);
