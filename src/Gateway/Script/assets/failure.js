// Failures of our own code. None reaches the page; the gateway is told of the first one, by the name of our part alone.

/** A listener or callback of ours that never throws. */
export const quiet = act => async event => {
  try {
    await act(event);
  } catch {
    gateway.fail_("core");
  }
};

/** Adds a listener that never throws. */
export const on = (target, type, listener, capture = false) => target.addEventListener(type, quiet(listener), capture);
