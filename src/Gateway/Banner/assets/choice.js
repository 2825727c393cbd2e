// A decision: sent, then carried out in this page.

const send = window.fetch;
const { origin } = window;
const url = path => origin + site.prefix + path;
let busy = false;
let typed = false;

// Parts that not every site's script has. They are called at the start, and after each decision.
const listeners = [];
function announce(first) {
  for (const part of listeners) {
    try {
      part(first);
    } catch {
      // What is ours goes on.
    }
  }
}

// True: taken. False: refused, or no answer in time. "blocked": the page's own policy forbids to ask by script, most likely.
async function post(path, body) {
  try {
    const answer = await send(url(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      keepalive: true,
      signal: AbortSignal.timeout(15000),
    });
    return answer.ok;
  } catch (error) {
    return error instanceof TypeError ? "blocked" : false;
  }
}

function submit({ choice, granted, objected }) {
  const hidden = (name, value) => el("input", { type: "hidden", name, value });
  const form = el("form", { method: "post", action: url("/choice"), hidden: true },
    hidden("choice", choice),
    ...granted.map(id => hidden("granted", id)),
    ...objected.map(id => hidden("objected", id)),
    hidden("return", location.pathname + location.search));
  all.append(form);
  form.submit();
}

// `note` is the place for a failure: near the button that was pressed.
async function decide(choice, granted, objected, note) {
  if (busy) return;
  busy = true;
  note.textContent = "";
  const body = { choice, granted, objected };
  const taken = await post("/choice", body);
  busy = false;
  if (taken === "blocked") submit(body);
  else if (taken) settle();
  else note.replaceChildren(words.failed + " ", link("/?return=" + encodeURIComponent(location.pathname + location.search), words.manage));
}

function settle() {
  state = read();
  // A browser that keeps no cookies would ask for ever: on this page, once is enough.
  dismissed = state.open.length > 0;
  sweep(true);
  show();
  announce();
  if (dismissed) say(words.notKept);
  else renew(words.saved);
}

// The page is loaded again only if it may run something else than when it was loaded, and nothing is lost by it.
function renew(message) {
  if (running() === atLoad) say(message);
  else if (typed || posted()) say(words.later, true);
  else location.reload();
}

// Whether the page answered a POST, or may have: outside secure contexts browsers do not tell.
function posted() {
  const [navigation] = performance.getEntriesByType("navigation");
  return !isSecureContext || !navigation || !navigation.serverTiming
    || navigation.serverTiming.some(timing => timing.name === "gateway" && timing.description === "post");
}

// Another tab, or the page to which one came back, may hold an older state.
function compare() {
  const before = running() + state.open;
  state = read();
  if (running() + state.open === before) return;
  sweep(true);
  dialog?.close();
  show();
  announce();
  if (running() !== atLoad) renew(words.later);
}
