// What the visitor sees: the bar that asks, the dialog, the control that reopens it, and messages. All in one shadow root.

let all;
let bar;
let corner;
let dialog;
let pin;
let said;
let dismissed = false;
let words;

// No error of ours reaches the page.
const quiet = act => async event => {
  try {
    await act(event);
  } catch {
    busy = false;
  }
};

const on = (target, type, listener, capture) => target.addEventListener(type, quiet(listener), capture);

// An element; attributes that are functions listen to the event of that name.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) value.call ? on(node, name, value) : node.setAttribute(name, value);
  node.append(...children.filter(Boolean));
  return node;
}

const link = (path, text) => el("a", { href: url(path) }, text);

const button = (text, style, click) => el("button", { type: "button", class: style, click }, text);

const status = () => el("p", { role: "status", class: "note" });

const policyLink = (text = words.policy, part = "") => link("/policy?lang=" + words.lang + part, text);

// The legal twins: the same in everything but their words.
function twins(note, objected) {
  const twin = choice => button(words[choice], "choice", () => decide(choice, [], objected(), note));
  return el("div", { class: "twins" }, twin("accept"), twin("refuse"));
}

function makeBar() {
  const note = status();
  return el("section", { class: "bar " + site.place, "aria-labelledby": "ask" },
    el("div", { class: "text" },
      el("h2", { id: "ask" }, words.title),
      el("p", {}, words.intro),
      el("ul", { role: "list" }, ...site.groups.map((group, i) => group.version
        && el("li", {}, el("strong", {}, words.groups[i][0]), " – ", words.groups[i][1]))),
      ...words.effect.map(text => el("p", {}, text)),
      el("p", { class: "links" }, policyLink(words.providers, "#providers"), policyLink())),
    el("div", { class: "actions" },
      twins(note, () => state.objected ? ["audience"] : []),
      button(words.customise, "other", open),
      note));
}

function makeEntry({ names, provider }, [duration, purpose, kind]) {
  const facts = { provider, duration, purpose };
  return el("li", {},
    ...names.flatMap((name, i) => [i && (words.comma ?? ", "), el("code", {}, name)]), kind && ` (${kind})`,
    el("dl", {}, ...Object.keys(facts).flatMap(fact => [el("dt", {}, words[fact]), el("dd", {}, facts[fact])])));
}

// A group, with its check box if there is anything to choose; its state stands in words beside it.
function makeGroup({ id, version }, index) {
  const [title, text, details] = words.groups[index];
  const audience = id === "audience" && !version;
  const box = el("input", { type: "checkbox", name: id, "aria-describedby": "about-" + id, change: tell });
  const shown = el("span", { class: "state" });
  const [without, withTick] = version ? ["refused", "allowed"] : audience ? ["audience", "objected"] : ["always"];
  function tell() {
    shown.textContent = words[box.checked ? withTick : without];
  }
  box.checked = version ? runs({ id, version }) : audience && state.objected;
  tell();
  return el("div", { class: "group" },
    el("h3", {}, version ? el("label", {}, box, title) : title, shown),
    el("p", { id: "about-" + id }, text),
    audience && el("label", {}, box, words.object),
    el("details", {}, el("summary", {}, details),
      el("ul", { role: "list" }, ...site.entries.map((entry, i) => entry.group === index && makeEntry(entry, words.entries[i])))));
}

function makeDialog() {
  const note = status();
  const ticked = where => [...dialog.querySelectorAll(where + ">label>:checked")].map(box => box.name);
  const objected = () => ticked(".group");
  return el("dialog", { "aria-labelledby": "choose", close: () => dialog.remove() },
    el("h2", { id: "choose", tabindex: "-1", autofocus: "" }, words.manage),
    el("p", {}, words.dialogIntro),
    held({ sale: true }) && el("p", { class: "note" }, words.gpc),
    ...site.groups.map(makeGroup),
    el("p", { class: "links" }, policyLink()),
    el("div", { class: "actions" },
      note,
      button(words.save, "other", () => decide("save", ticked("h3"), objected(), note)),
      site.groups.some(group => group.version) && twins(note, objected),
      button(words.close, "quiet", () => dialog.close())));
}

function open() {
  say("");
  dialog?.remove();
  dialog = makeDialog();
  all.append(dialog);
  dialog.showModal();
}

function say(text, reload) {
  const [message, again, close] = said.children;
  said.className = text ? "said on" : "said";
  message.textContent = text;
  again.hidden = !reload;
  close.hidden = !text;
}

// The bar where there is something to ask, else the control. Focus that was in what goes away moves to the control.
function show() {
  const asks = state.open[0] && !dismissed;
  dialog?.close();
  if (asks && !bar) {
    bar = makeBar();
    all.prepend(bar);
    sizes.observe(bar);
  } else if (!asks) {
    const focused = bar?.matches(":focus-within");
    bar?.remove();
    bar = undefined;
    if (focused) focusPin();
  }
  look();
}

let focusPin = () => pin.firstChild.focus({ preventScroll: true });

// After a load that a choice brought about: what the page itself has given the focus keeps it.
function tellLoaded() {
  if (!reloaded) return;
  say(words.saved);
  if (document.activeElement === document.body) focusPin();
}

function draw() {
  home = el("site-gateway", { "data-gateway": "", popover: "manual" });
  const root = home.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheetOf(css), lift = sheetOf("")];
  pin = el("section", { class: "pin", "aria-label": words.area }, site.choice ? button(words.manage, "", open) : policyLink());
  said = el("div", {},
    el("p", { role: "status" }),
    button(words.reload, "other", () => location.reload()),
    button(words.dismiss, "other", () => {
      say("");
      focusPin();
    }));
  corner = el("div", { class: "corner" }, said, pin);
  all = el("div", { class: "all", lang: words.lang, dir: words.dir }, corner);
  root.append(all);
  say("");
  bar = undefined;
  show();
}
