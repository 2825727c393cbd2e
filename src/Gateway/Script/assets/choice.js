// A decision: sent, then carried out in this page.

const send = window.fetch;
const { origin } = window;
const url = path => origin + site.prefix + path;
const here = () => location.pathname + location.search;
let busy;
let typed;

// Tells the parts that not every site's script has.
let announce = () => {};

// Calls when `words` are there: at once, where the script holds those of all languages.
let withWords = call => call();

// True: taken. False: refused, or no answer in time. "blocked": the page's own policy forbids to ask by script, most likely.
async function post(path, body) {
  try {
    const answer = await send(url(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      keepalive: true,
      signal: AbortSignal.timeout(15e3),
    });
    return answer.ok;
  } catch (error) {
    return error instanceof TypeError ? "blocked" : false;
  }
}

function submit(body) {
  const form = el("form", { method: "post", action: url("/choice"), hidden: "" },
    ...Object.entries(body).flatMap(([name, values]) => [values].flat().map(value => el("input", { name, value }))));
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
  // A form leaves the page, and is no way out without a network.
  if (taken === "blocked" && !typed && navigator.onLine) submit({ ...body, return: here() });
  else if (taken !== true) note.replaceChildren(words.failed + " ", link("/?return=" + encodeURIComponent(here()), words.manage));
  else {
    state = read();
    // A browser that keeps no cookies would ask for ever: on this page, once is enough.
    dismissed = state.open[0];
    carryOut();
    if (dismissed) say(words.notKept);
    else renew(words.saved);
  }
}

function carryOut() {
  sweep();
  show();
  announce();
}

// The page is loaded again only if it may run something else than when it was loaded, and nothing is lost by it.
function renew(message) {
  if (running() === atLoad) say(message);
  else if (typed || posted()) say(words.later, true);
  else {
    if (message === words.saved) leaveWord();
    location.reload();
  }
}

// Whether the page answered a POST, or may have: outside secure contexts browsers do not tell.
function posted() {
  const [navigation] = performance.getEntriesByType("navigation");
  return !isSecureContext || !navigation?.serverTiming
    || navigation.serverTiming.some(({ name, description }) => name + description === "gatewaypost");
}

// Another tab, or the page to which one came back, may hold an older state.
function compare() {
  const before = running() + state.open;
  state = read();
  if (running() + state.open === before) return;
  carryOut();
  if (running() !== atLoad) renew(words.later);
}
